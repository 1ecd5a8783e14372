using System.Net;
using System.Text.Json.Nodes;
using DrugResponse.Functions.Tests.Support;

namespace DrugResponse.Functions.Tests.Patients;

public sealed class ExportTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    private readonly WholeApp _app = fixture.App;

    [Fact]
    public async Task Everything_that_is_held_is_exported_and_nothing_of_anybody_else()
    {
        var (body, other) = (Body.Warfarin(), Body.Warfarin());
        var answers = new List<Answer>();
        for (var i = 0; i < 21; i++)
            answers.Add(await _app.PredictAsync(body, $"{body.PatientId}-{i}"));
        var stranger = (await _app.PredictAsync(other)).Prediction;
        var patientKey = answers[0].Prediction.PatientKey;
        await _app.PutConsentAsync(patientKey, """{ "scoring": "allowed", "reference": "form 17" }""");

        var export = await _app.GetAsync($"v1/patients/{patientKey}/export");

        Assert.Equal(HttpStatusCode.OK, export.Status);
        Assert.Equal("application/json; charset=utf-8", export.ContentType);
        Assert.Equal(patientKey, (string?)export.Json["patientKey"]);
        Assert.StartsWith("v1.", (string?)Assert.Single(export.Json["pseudonyms"]!.AsArray()), StringComparison.Ordinal);
        Assert.Equal("form 17", (string?)export.Json["consent"]!["reference"]);
        var predictions = export.Json["predictions"]!.AsArray();
        Assert.Equal(
            answers.Select(static answer => answer.Json.ToJsonString()).Reverse(),
            predictions.Select(static prediction => prediction!["answer"]!.ToJsonString()));
        Assert.All(predictions, static prediction => Assert.NotNull((string?)prediction!["idempotencyClaim"]));
        Assert.Equal(
            21, export.Json["audit"]!.AsArray().Count(static entry => (string?)entry!["action"] == "PredictPatient"));
        Assert.Contains(export.Json["audit"]!.AsArray(), static entry => (string?)entry!["outcome"] == "begun");
        Assert.DoesNotContain(stranger.PatientKey!, export.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(body.PatientId, export.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patient_of_whom_nothing_was_scored_can_be_exported()
    {
        var export = await _app.GetAsync($"v1/patients/{await _app.EnterAsync($"MRN-{Guid.NewGuid():N}")}/export");

        Assert.Empty(export.Json["predictions"]!.AsArray());
        Assert.Null(export.Json["consent"]);
    }
}
