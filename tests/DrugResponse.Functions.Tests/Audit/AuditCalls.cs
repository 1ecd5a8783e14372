using System.Globalization;
using System.Text.Json.Nodes;
using DrugResponse.Functions.Tests.Support;

namespace DrugResponse.Functions.Tests.Audit;

/// <summary>Reads the audit trail as an admin does.</summary>
internal static class AuditCalls
{
    /// <summary>The entries of an action on the app's day or another one, in their order; at most a page.</summary>
    public static async Task<IReadOnlyList<JsonNode>> EntriesOfAsync(this WholeApp app, string action, DateTimeOffset? day = null)
    {
        var text = (day ?? app.Clock.GetUtcNow()).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var page = await app.GetAsync($"v1/audit?day={text}");
        return [.. page.Json["entries"]!.AsArray().OfType<JsonNode>().Where(entry => (string?)entry["action"] == action)];
    }

    /// <summary>Who did it, how it ended, and the counts, as text.</summary>
    public static (string Who, string Outcome, string Counts) Told(this JsonNode entry) =>
        ((string)entry["who"]!, (string)entry["outcome"]!, entry["counts"]?.ToJsonString() ?? "");
}
