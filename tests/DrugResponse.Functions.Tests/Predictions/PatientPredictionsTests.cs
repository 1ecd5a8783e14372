using System.Net;
using System.Text.Json.Nodes;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.Patients;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Predictions;

/// <summary>Whose predictions they are, and how they are found.</summary>
public sealed class PatientPredictionsTests(SharedApp fixture, AzuriteFixture azurite) : IClassFixture<SharedApp>
{
    private const int PageSize = 20;

    private readonly WholeApp _app = fixture.App;

    [Fact]
    public async Task A_patient_has_one_key_however_often_it_comes()
    {
        var body = Body.Warfarin();

        var first = (await _app.PredictAsync(body)).Prediction;
        var second = (await _app.PredictAsync(body)).Prediction;
        var other = (await _app.PredictAsync(Body.Warfarin())).Prediction;

        Assert.Equal(first.PatientKey, second.PatientKey);
        Assert.NotEqual(first.PredictionId, second.PredictionId);
        Assert.NotEqual(first.PatientKey, other.PatientKey);
    }

    [Fact]
    public async Task Without_an_id_every_prediction_is_of_a_new_patient()
    {
        var body = Body.Warfarin().Without("/patient/id");

        var first = (await _app.PredictAsync(body)).Prediction;
        var second = (await _app.PredictAsync(body)).Prediction;

        Assert.NotEqual(first.PatientKey, second.PatientKey);
    }

    [Fact]
    public async Task Parallel_first_predictions_of_a_patient_share_its_key()
    {
        var body = Body.Warfarin();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _app.PredictAsync(body)));

        Assert.Single(answers.Select(static answer => answer.Prediction.PatientKey).Distinct());
        Assert.Equal(8, (await _app.PredictionsOfAsync(body.PatientId)).Count);
    }

    [Fact]
    public async Task Tenants_do_not_see_each_others_patients()
    {
        await using var otherTenant = await WholeApp.StartReadyAsync(azurite.ConnectionString);
        var body = Body.Warfarin();
        var ours = (await _app.PredictAsync(body)).Prediction;
        var theirs = (await otherTenant.PredictAsync(body)).Prediction;

        Assert.NotEqual(ours.PatientKey, theirs.PatientKey);
        (await otherTenant.GetAsync($"v1/predictions/{ours.PredictionId}")).AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
        (await otherTenant.GetAsync($"v1/patients/{ours.PatientKey}/predictions")).AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
        Assert.Equal([ours.PredictionId], await _app.PredictionsOfAsync(body.PatientId));
        Assert.Equal([theirs.PredictionId], await otherTenant.PredictionsOfAsync(body.PatientId));
    }

    [Fact]
    public async Task Lookup_gives_the_key_of_a_known_patient()
    {
        var body = Body.Warfarin();
        var prediction = (await _app.PredictAsync(body)).Prediction;

        var lookup = await _app.LookUpAsync(body.PatientId);

        Assert.Equal(HttpStatusCode.OK, lookup.Status);
        Assert.Equal("no-store", lookup.Headers.CacheControl?.ToString());
        Assert.Equal($$"""{"patientKey":"{{prediction.PatientKey}}"}""", lookup.Text);
    }

    [Fact]
    public async Task Lookup_of_a_stranger_is_not_found_and_enters_nobody()
    {
        for (var i = 0; i < 2; i++)
            (await _app.LookUpAsync("MRN-nobody")).AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
    }

    [Fact]
    public async Task Lists_the_newest_first()
    {
        var body = Body.Warfarin();
        var made = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            made.Add((await _app.PredictAsync(body)).Prediction.PredictionId);
            _app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        var listed = await _app.PredictionsOfAsync(body.PatientId);

        Assert.Equal(made.AsEnumerable().Reverse(), listed);
    }

    [Fact]
    public async Task Lists_answers_as_they_were_given()
    {
        var body = Body.Warfarin();
        var created = await _app.PredictAsync(body);

        var list = await _app.GetAsync($"v1/patients/{created.Prediction.PatientKey}/predictions");

        Assert.Equal($$"""{"patientKey":"{{created.Prediction.PatientKey}}","predictions":[{{created.Text}}],"after":null}""", list.Text);
        Assert.Equal("no-store", list.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Pages_go_on_where_the_one_before_ended()
    {
        var body = Body.Warfarin();
        var made = new List<string>();
        for (var i = 0; i < PageSize + 2; i++)
        {
            made.Add((await _app.PredictAsync(body)).Prediction.PredictionId);
            _app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        var patientKey = (string)(await _app.LookUpAsync(body.PatientId)).Json["patientKey"]!;
        var first = (await _app.GetAsync($"v1/patients/{patientKey}/predictions")).Json;
        var second = (await _app.GetAsync($"v1/patients/{patientKey}/predictions?after={first["after"]}")).Json;

        Assert.Equal(PageSize, Ids(first).Count);
        Assert.Null(second["after"]);
        Assert.Equal(made.AsEnumerable().Reverse(), [.. Ids(first), .. Ids(second)]);
    }

    [Fact]
    public async Task A_page_after_the_last_prediction_is_empty()
    {
        var prediction = (await _app.PredictAsync(Body.Warfarin())).Prediction;

        var page = await _app.GetAsync($"v1/patients/{prediction.PatientKey}/predictions?after={prediction.PredictionId}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Empty(Ids(page.Json));
    }

    [Fact]
    public async Task A_token_of_another_patient_is_refused()
    {
        var prediction = (await _app.PredictAsync(Body.Warfarin())).Prediction;
        var other = (await _app.PredictAsync(Body.Warfarin())).Prediction;

        foreach (var token in new[] { other.PredictionId, "", "x" })
        {
            var answer = await _app.GetAsync($"v1/patients/{prediction.PatientKey}/predictions?after={token}");

            answer.AssertProblem(HttpStatusCode.BadRequest, ProblemTypes.BadRequest);
        }
    }

    [Theory]
    [InlineData("v1/predictions/x")]
    [InlineData("v1/predictions/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("v1/patients/x/predictions")]
    public async Task What_is_no_id_is_not_found(string path) =>
        (await _app.GetAsync(path)).AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);

    [Fact]
    public async Task An_id_that_was_never_given_is_not_found()
    {
        var id = Storage.Predictions.PredictionId.Create(PatientKey.New(), WholeApp.Start);

        (await _app.GetAsync($"v1/predictions/{id}")).AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
        (await _app.GetAsync($"v1/patients/{id.PatientKey}/predictions")).AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
    }

    private static IReadOnlyList<string> Ids(JsonNode page) =>
        [.. page["predictions"]!.AsArray().Select(static prediction => (string)prediction!["predictionId"]!)];
}
