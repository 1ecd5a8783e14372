using System.Text.Json;

namespace DrugResponse.EndToEnd;

/// <summary>Reads the answer of <c>health/ready</c>.</summary>
internal static class Readiness
{
    /// <summary>The status of one check: <c>ready</c>, <c>degraded</c> or <c>not-ready</c>.</summary>
    public static async Task<string?> OfAsync(HttpResponseMessage response, string check)
    {
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return answer.RootElement.GetProperty("checks").GetProperty(check).GetProperty("status").GetString();
    }
}
