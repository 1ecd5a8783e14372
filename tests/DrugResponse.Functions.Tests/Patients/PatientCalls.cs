using System.Text.Json.Nodes;
using DrugResponse.Functions.Tests.Support;

namespace DrugResponse.Functions.Tests.Patients;

/// <summary>What a caller asks on behalf of a patient.</summary>
internal static class PatientCalls
{
    public static Task<Answer> PutConsentAsync(this WholeApp app, string? patientKey, string json) =>
        app.SendAsync(new HttpRequestMessage(HttpMethod.Put, $"v1/patients/{patientKey}/consent") { Content = WholeApp.Json(json) });

    public static Task<Answer> EraseAsync(this WholeApp app, string? patientKey) =>
        app.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"v1/patients/{patientKey}"));

    /// <summary>Enters a patient that was never scored, and gives its key.</summary>
    public static async Task<string> EnterAsync(this WholeApp app, string patientId)
    {
        var answer = await app.SendAsync(new HttpRequestMessage(HttpMethod.Post, "v1/patients/lookup")
        {
            Content = WholeApp.Json(new JsonObject { ["id"] = patientId, ["create"] = true }.ToJsonString()),
        });
        return (string)answer.Json["patientKey"]!;
    }
}
