using System.Net;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Functions.Tests.Problems;

public sealed class RoutingProblemTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    private readonly WholeApp _app = fixture.App;

    [Theory]
    [InlineData("GET", "/nothing")]
    [InlineData("GET", "/api/v1/nothing")]
    [InlineData("POST", "/v1/predictions")]
    [InlineData("POST", "/ScoreQueuedPatient")]
    [InlineData("GET", "/api/v1/predictions/a/b")]
    public async Task A_path_that_is_not_known_is_a_problem(string method, string path)
    {
        var answer = await _app.SendAsync(new HttpRequestMessage(HttpMethod.Parse(method), path));

        answer.AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
    }

    [Theory]
    [InlineData("GET", "/api/v1/predictions", "POST")]
    [InlineData("DELETE", "/api/v1/predictions/x", "GET")]
    [InlineData("PUT", "/api/v1/patients/lookup", "DELETE,POST")]
    [InlineData("POST", "/api/health/ready", "GET")]
    public async Task A_method_that_is_not_known_is_a_problem_that_names_those_that_are(string method, string path, string allowed)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), new Uri(_app.Address, path));
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        (await Answer.OfAsync(response)).AssertProblem(HttpStatusCode.MethodNotAllowed, ProblemTypes.MethodNotAllowed);
        Assert.Equal(allowed.Split(','), response.Content.Headers.Allow.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_failure_of_the_service_is_a_problem_without_its_stack()
    {
        var prediction = (await _app.PredictAsync(Body.Warfarin())).Prediction;
        await DamageAsync(prediction.PatientKey!);

        var answer = await _app.GetAsync($"v1/predictions/{prediction.PredictionId}");

        var problem = answer.AssertProblem(HttpStatusCode.InternalServerError, ProblemTypes.InternalError);
        Assert.Null(problem.Detail);
        Assert.DoesNotContain("   at ", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("DrugResponse.Storage", answer.Text, StringComparison.Ordinal);
        var logged = Assert.Single(_app.Logs.Lines, static line => line.Contains("InvalidDataException", StringComparison.Ordinal));
        Assert.Contains("   at ", logged, StringComparison.Ordinal);
    }

    private async Task DamageAsync(string patientKey)
    {
        var table = _app.Service<StorageConnection>().Tables.GetTableClient(PredictionStore.TableName);
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
        {
            if (!row.PartitionKey.EndsWith(patientKey, StringComparison.Ordinal))
                continue;

            row["Content0"] = new byte[] { 1, 2, 3 };
            await table.UpsertEntityAsync(row, TableUpdateMode.Merge, TestContext.Current.CancellationToken);
            return;
        }

        Assert.Fail("The patient has no row.");
    }
}
