using System.Net;
using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Access.Keys;
using DrugResponse.Functions.Tests.Batches;
using DrugResponse.Functions.Tests.Support;

namespace DrugResponse.Functions.Tests.Access;

/// <summary>A sponsor has batches, and no patient of a pharmacy.</summary>
public sealed class SponsorTests(QuietStorage storage) : IClassFixture<QuietStorage>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sponsor_reads_predictions_of_batches_and_no_single_ones()
    {
        await using var app = await WholeApp.StartReadyAsync(storage.ConnectionString);
        var single = (await app.PredictAsync(Body.Warfarin())).Prediction.PredictionId;
        var batch = await HandDelivery.SubmitAsync(app, Cohort.NdJson(1));
        await batch.DeliverAllAsync();
        var (_, key) = await app.Service<KeyIssuer>().CreateAsync(
            app.Tenant, new ApiKeyRequest { Name = "test", Roles = [CallerRoles.Sponsor] }, Cancellation);
        using var sponsor = app.ClientWith(key.Reveal());

        var ofBatch = await Answer.OfAsync(await sponsor.GetAsync($"v1/predictions/{batch.BatchId}.0.0", Cancellation));
        var ofPharmacy = await Answer.OfAsync(await sponsor.GetAsync($"v1/predictions/{single}", Cancellation));

        Assert.Equal(HttpStatusCode.OK, ofBatch.Status);
        ofPharmacy.AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
        Assert.Equal(HttpStatusCode.OK, (await app.GetAsync($"v1/predictions/{single}")).Status);
    }
}
