using System.Net;
using System.Text.Json.Nodes;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.Patients;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Patients;

public sealed class ConsentTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    private const string Objection = """{ "scoring": "objected", "reference": "letter of 3 May" }""";
    private const string Withdrawal = """{ "scoring": "allowed" }""";

    private readonly WholeApp _app = fixture.App;

    [Fact]
    public async Task A_patient_that_objects_is_not_scored_by_any_way_until_that_is_withdrawn()
    {
        var (body, other) = (Body.Warfarin(), Body.Warfarin());
        var patientKey = (await _app.PredictAsync(body, "order-1")).Prediction.PatientKey;

        var recorded = await _app.PutConsentAsync(patientKey, Objection);

        Assert.Equal("objected", (string?)recorded.Json["scoring"]);
        (await _app.PredictAsync(body)).AssertProblem(HttpStatusCode.Forbidden, ProblemTypes.Objection);
        (await _app.PredictAsync(body, "order-1")).AssertProblem(HttpStatusCode.Forbidden, ProblemTypes.Objection);
        Assert.Equal(HttpStatusCode.InternalServerError, (await _app.DeliverAsync(body.Utf8, Guid.NewGuid().ToString())).Status);
        Assert.Equal(HttpStatusCode.Created, (await _app.PredictAsync(other)).Status);
        Assert.Single(await _app.PredictionsOfAsync(body.PatientId));

        await _app.PutConsentAsync(patientKey, Withdrawal);

        Assert.Equal(HttpStatusCode.Created, (await _app.PredictAsync(body)).Status);
        Assert.Equal(2, (await _app.PredictionsOfAsync(body.PatientId)).Count);
    }

    [Fact]
    public async Task An_objection_can_be_recorded_before_the_patient_was_ever_scored()
    {
        var body = Body.Warfarin();
        Assert.Equal(HttpStatusCode.NotFound, (await _app.LookUpAsync(body.PatientId)).Status);

        var entered = await _app.EnterAsync(body.PatientId);
        var before = await _app.GetAsync($"v1/patients/{entered}/consent");
        await _app.PutConsentAsync(entered, Objection);

        Assert.Equal("not-recorded", (string?)before.Json["scoring"]);
        Assert.Null(before.Json["recordedAt"]);
        (await _app.PredictAsync(body)).AssertProblem(HttpStatusCode.Forbidden, ProblemTypes.Objection);
        Assert.Equal(entered, await _app.EnterAsync(body.PatientId));
    }

    [Fact]
    public async Task An_objection_that_comes_in_time_for_an_erasure_is_answered_and_kept()
    {
        var body = Body.Warfarin();
        var (patientKey, key) = await EnteredAsync(body);
        await OpenErasureAsync(key);

        var answer = await _app.PutConsentAsync(patientKey, Objection);
        await _app.EraseAsync(patientKey);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        (await _app.PredictAsync(body)).AssertProblem(HttpStatusCode.Forbidden, ProblemTypes.Objection);
    }

    [Fact]
    public async Task An_objection_that_comes_too_late_for_an_erasure_is_not_found_and_leaves_nothing()
    {
        var body = Body.Warfarin();
        var (patientKey, key) = await EnteredAsync(body);
        await OpenErasureAsync(key);
        var register = _app.Service<PatientRegister>();
        await register.RemoveAsync(_app.Tenant, key, TestContext.Current.CancellationToken);

        var answer = await _app.PutConsentAsync(patientKey, Objection);

        answer.AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
        Assert.Null(await register.FindConsentAsync(_app.Tenant, key, TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Created, (await _app.PredictAsync(body)).Status);
    }

    [Fact]
    public async Task What_was_recorded_can_be_read()
    {
        var patientKey = await _app.EnterAsync($"MRN-{Guid.NewGuid():N}");

        await _app.PutConsentAsync(patientKey, Objection);

        var consent = await _app.GetAsync($"v1/patients/{patientKey}/consent");
        Assert.Equal(("objected", "letter of 3 May"), ((string?)consent.Json["scoring"], (string?)consent.Json["reference"]));
        Assert.StartsWith("2026-11-20T", (string?)consent.Json["recordedAt"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "/scoring")]
    [InlineData("""{ "scoring": "maybe" }""", "/scoring")]
    [InlineData("""{ "scoring": "allowed", "reference": 1 }""", "/reference")]
    [InlineData("""{ "scoring": "allowed", "reason": "x" }""", "/reason")]
    public async Task A_consent_that_makes_no_sense_is_refused(string json, string pointer)
    {
        var answer = await _app.PutConsentAsync(await _app.EnterAsync($"MRN-{Guid.NewGuid():N}"), json);

        var problem = answer.AssertProblem(HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent);
        Assert.Equal([pointer], problem.Errors!.Keys);
    }

    [Fact]
    public async Task Of_a_patient_that_is_not_known_nothing_is_recorded()
    {
        var unknown = PatientKey.New().ToString();

        (await _app.PutConsentAsync(unknown, Objection)).AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
        (await _app.GetAsync($"v1/patients/{unknown}/consent")).AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
        (await _app.PutConsentAsync("MRN-0042", Objection)).AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
    }

    [Fact]
    public async Task A_request_carries_its_purpose_into_the_audit_trail_and_its_reference_into_the_export()
    {
        var body = Body.Warfarin().With("/purpose", "treatment").With("/consentReference", "form 17");
        var prediction = (await _app.PredictAsync(body)).Prediction;

        var audit = await _app.GetAsync($"v1/audit?patientKey={prediction.PatientKey}");
        var export = await _app.GetAsync($"v1/patients/{prediction.PatientKey}/export");

        Assert.Equal("treatment", (string?)Assert.Single(audit.Json["entries"]!.AsArray())!["purpose"]);
        var exported = Assert.Single(export.Json["predictions"]!.AsArray())!;
        Assert.Equal(("treatment", "form 17"), ((string?)exported["purpose"], (string?)exported["consentReference"]));
        var refused = await _app.PredictAsync(body.With("/purpose", "Treatment of Mr X").With("/consentReference", new string('x', 129)));
        var problem = refused.AssertProblem(HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent);
        Assert.Equal(["/consentReference", "/purpose"], problem.Errors!.Keys.Order(StringComparer.Ordinal));
    }

    private async Task<(string Text, PatientKey Key)> EnteredAsync(Body body)
    {
        var text = (await _app.PredictAsync(body)).Prediction.PatientKey!;
        Assert.True(PatientKey.TryParse(text, out var key));
        return (text, key);
    }

    private async Task OpenErasureAsync(PatientKey key)
    {
        var pseudonyms = await _app.Service<PatientRegister>().FindPseudonymsAsync(_app.Tenant, key, TestContext.Current.CancellationToken);
        var erasure = new Erasure(_app.Tenant, key, _app.Clock.GetUtcNow(), "key:1", CompletedAt: null, ErasedCounts.None);
        await _app.Service<ErasureStore>().OpenAsync(erasure, pseudonyms, TestContext.Current.CancellationToken);
    }
}
