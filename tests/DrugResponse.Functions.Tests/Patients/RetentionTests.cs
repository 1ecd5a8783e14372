using System.Net;
using DrugResponse.Functions.Tests.Audit;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.Development;
using DrugResponse.Storage.QueueFailures;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Tests.Patients;

/// <summary>Things go when they are old. On storage of its own, since retention knows no tenants.</summary>
public sealed class RetentionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_older_than_it_may_become_goes_and_the_rest_stays()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        await using var app = await WholeApp.StartReadyAsync(emulator.ConnectionString, "DrugResponse:Retention:Predictions=60.00:00:00");
        var body = Body.Warfarin();
        var old = (await app.PredictAsync(body, "order-1")).Prediction;
        await app.DeliverAsync("{"u8.ToArray(), "m1");

        app.Clock.Advance(TimeSpan.FromDays(8));
        await app.TickAsync("ApplyRetention");
        var sameKey = (await app.PredictAsync(body, "order-1")).Prediction;
        app.Clock.Advance(TimeSpan.FromDays(53));
        await app.TickAsync("ApplyRetention");

        Assert.NotEqual(old.PredictionId, sameKey.PredictionId);
        Assert.Equal(HttpStatusCode.NotFound, (await app.GetAsync($"v1/predictions/{old.PredictionId}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await app.GetAsync($"v1/predictions/{sameKey.PredictionId}")).Status);
        Assert.Null(await app.Service<QueueFailureStore>().GetAsync(app.Tenant, "ScoreQueuedPatient", "m1", Cancellation));
    }

    [Fact]
    public async Task What_goes_is_written_down_for_each_tenant_by_kind()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        await using var app = await WholeApp.StartReadyAsync(emulator.ConnectionString, "DrugResponse:Retention:Predictions=60.00:00:00");
        await using var other = await WholeApp.StartReadyAsync(emulator.ConnectionString);
        await using var untouched = await WholeApp.StartAsync(emulator.ConnectionString);
        await app.PredictAsync(Body.Warfarin(), "order-1");
        await app.PredictAsync(Body.Warfarin());
        await app.DeliverAsync("{"u8.ToArray(), "m1");
        await other.PredictAsync(Body.Warfarin());

        app.Clock.Advance(TimeSpan.FromDays(61));
        await app.TickAsync("ApplyRetention");
        await app.TickAsync("ApplyRetention");

        var own = Assert.Single(await app.EntriesOfAsync("ApplyRetention"));
        Assert.Equal(("system", "done", """{"idempotencyKeys":1,"predictions":2,"queueFailures":1}"""), own.Told());
        var others = Assert.Single(await other.EntriesOfAsync("ApplyRetention", app.Clock.GetUtcNow()));
        Assert.Equal(("system", "done", """{"predictions":1}"""), others.Told());
        Assert.Empty(await untouched.EntriesOfAsync("ApplyRetention", app.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Unless_told_otherwise_predictions_stay()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        await using var app = await WholeApp.StartReadyAsync(emulator.ConnectionString);
        var old = (await app.PredictAsync(Body.Warfarin())).Prediction;

        app.Clock.Advance(TimeSpan.FromDays(5000));
        await app.TickAsync("ApplyRetention");

        using var http = app.ClientWith("development");
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"v1/predictions/{old.PredictionId}", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_time_that_would_remove_what_is_in_use_is_refused()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => WholeApp.StartAsync(emulator.ConnectionString, "DrugResponse:Retention:IdempotencyKeys=01:00:00"));

        Assert.Contains("DrugResponse:Retention:IdempotencyKeys must be at least", failure.Message, StringComparison.Ordinal);
    }
}
