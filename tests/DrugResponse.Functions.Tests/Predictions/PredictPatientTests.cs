using System.Net;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.Predictions;

namespace DrugResponse.Functions.Tests.Predictions;

public sealed class PredictPatientTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    private readonly WholeApp _app = fixture.App;

    [Fact]
    public async Task Answers_created_with_the_place_of_what_was_stored()
    {
        var created = await _app.PredictAsync(Body.Warfarin());

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal("application/json; charset=utf-8", created.ContentType);
        Assert.Equal("no-store", created.Headers.CacheControl?.ToString());
        var prediction = created.Prediction;
        Assert.Equal($"/api/v1/predictions/{prediction.PredictionId}", created.Headers.Location?.OriginalString);
        Assert.Equal(WholeApp.Start.Date, prediction.CreatedAt.Date);
        Assert.True(PredictionId.TryParse(prediction.PredictionId, out var id));
        var row = await _app.Service<PredictionStore>().GetAsync(_app.Tenant, id, TestContext.Current.CancellationToken);
        Assert.NotNull(row);
        Assert.Equal(created.Bytes, row.Content.ToArray());
        Assert.Equal(prediction.KnowledgeVersion, row.KnowledgeVersion);
        Assert.Equal(
            ["warfarin/dose@1.0.0", "warfarin/major-bleeding@1.0.0", "warfarin/standard-dose-overdoses@1.0.0", "warfarin/standard-dose-suffices@1.0.0", "warfarin/time-in-range@1.0.0"],
            row.ModelVersions.Split(',').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Gives_the_same_bytes_when_read_back()
    {
        var created = await _app.PredictAsync(Body.Warfarin());

        var read = await _app.GetAsync(created.Headers.Location!.OriginalString);

        Assert.Equal(HttpStatusCode.OK, read.Status);
        Assert.Equal("no-store", read.Headers.CacheControl?.ToString());
        Assert.Equal(created.Bytes, read.Bytes);
    }
}
