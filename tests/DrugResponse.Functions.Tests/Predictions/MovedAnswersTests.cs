using System.Net;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Functions.Tests.Predictions;

/// <summary>Somebody who can write the table puts one patient's answer in the place of another's: nobody is told it as their own.</summary>
public sealed class MovedAnswersTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    private readonly WholeApp _app = fixture.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_in_the_place_of_anothers_is_told_to_nobody()
    {
        var (body, key) = (Body.Warfarin(), $"key-{Guid.NewGuid():N}");
        var mine = (await _app.PredictAsync(body, key)).Prediction;
        var theirs = (await _app.PredictAsync(Body.Warfarin())).Prediction;
        await MoveAsync(theirs.PatientKey, mine.PatientKey);

        Answer[] answers =
        [
            await _app.GetAsync($"v1/predictions/{mine.PredictionId}"),
            await _app.GetAsync($"v1/patients/{mine.PatientKey}/predictions"),
            await _app.PredictAsync(body, key),
        ];

        Assert.All(answers, answer =>
        {
            answer.AssertProblem(HttpStatusCode.InternalServerError, ProblemTypes.InternalError);
            Assert.DoesNotContain(theirs.PatientKey!, answer.Text, StringComparison.Ordinal);
        });
        Assert.Equal(HttpStatusCode.OK, (await _app.GetAsync($"v1/predictions/{theirs.PredictionId}")).Status);
    }

    // All that a row holds but its keys.
    private async Task MoveAsync(string? from, string? to)
    {
        var table = _app.Service<StorageConnection>().Tables.GetTableClient(PredictionStore.TableName);
        var (source, target) = (await RowAsync(table, from), await RowAsync(table, to));
        (source.PartitionKey, source.RowKey) = (target.PartitionKey, target.RowKey);
        await table.UpsertEntityAsync(source, TableUpdateMode.Replace, Cancellation);
    }

    private async Task<TableEntity> RowAsync(TableClient table, string? patientKey)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {$"{_app.Tenant}~{patientKey}"}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: Cancellation))
            return row;
        throw new InvalidOperationException("The patient has no row.");
    }
}
