using System.Net;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.QueueFailures;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Access;

/// <summary>On whose behalf requests and messages are handled.</summary>
public sealed class TenantTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task In_production_bare_bodies_on_the_queue_are_refused_unless_a_queue_tenant_is_named()
    {
        await using var app = await WholeApp.StartAsync(azurite.ConnectionString, WholeApp.Production);
        var body = Body.Warfarin();

        var delivery = await app.DeliverAsync(body.Utf8, "m1");

        Assert.Equal(HttpStatusCode.InternalServerError, delivery.Status);
        Assert.Contains("no queue tenant", (string?)delivery.Json["Logs"]![0], StringComparison.Ordinal);
        Assert.Empty(await app.PredictionsOfAsync(body.PatientId));
    }

    [Fact]
    public async Task Bare_bodies_on_the_queue_belong_to_the_queue_tenant()
    {
        var queueTenant = AzuriteFixture.UniqueTenant();
        await using var app = await WholeApp.StartReadyAsync(azurite.ConnectionString, $"DrugResponse:Access:QueueTenant={queueTenant}");
        await using var theirs = await WholeApp.StartReadyAsync(azurite.ConnectionString, $"DrugResponse:Access:Tenant={queueTenant}");
        var body = Body.Warfarin();

        await app.DeliverAsync(body.Utf8, "m1");
        await app.DeliverAsync("{"u8.ToArray(), "m2");

        Assert.Empty(await app.PredictionsOfAsync(body.PatientId));
        Assert.Single(await theirs.PredictionsOfAsync(body.PatientId));
        var failures = app.Service<QueueFailureStore>();
        Assert.NotNull(await failures.GetAsync(queueTenant, "ScoreQueuedPatient", "m2", TestContext.Current.CancellationToken));
    }
}
