using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Models;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Prediction.Models;
using DrugResponse.Storage.Models;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Models;

/// <summary>Outside Development only models are taken that somebody has signed who is trusted.</summary>
public sealed class SignedModelsTests : IAsyncLifetime
{
    private readonly ModelsStorage _storage = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _storage.InitializeAsync();

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task A_registry_without_a_signature_is_refused_in_production()
    {
        var folder = ModelFolder.OfRepository();
        await _storage.PublishAsync(folder);
        await DeleteSignatureAsync(folder.RegistryJson);

        await using var app = await WholeApp.StartAsync(_storage.ConnectionString, WholeApp.Production);

        await RefusedAsync(app, "The registry is not signed");
        (await app.PredictAsync(Body.Warfarin())).AssertProblem(System.Net.HttpStatusCode.ServiceUnavailable, ProblemTypes.ModelsUnavailable);
    }

    [Fact]
    public async Task A_registry_that_somebody_else_has_signed_is_refused()
    {
        var folder = ModelFolder.OfRepository();
        await _storage.PublishAsync(folder);
        using var stranger = RegistrySignature.ReadPrivateKey(SigningKey.NewPem())!;
        await _storage.PublishFileAsync(RegistrySignature.PathOf(folder.RegistryJson), RegistrySignature.Sign(stranger, folder.RegistryJson));

        await using var app = await WholeApp.StartAsync(_storage.ConnectionString, WholeApp.Production);

        await RefusedAsync(app, "is not one of the registry by a key");
    }

    [Fact]
    public async Task A_registry_that_was_altered_is_refused_and_the_signed_one_stays_in_use()
    {
        await _storage.PublishAsync(ModelFolder.OfRepository());
        await using var app = await WholeApp.StartReadyAsync(_storage.ConnectionString, [.. WholeApp.Production]);
        byte[] altered = [.. ModelFolder.OfRepository().RegistryJson, (byte)' '];

        await _storage.PublishFileAsync(ModelBlobStore.RegistryPath, altered);

        await RefusedAsync(app, "The registry is not signed, or was changed since");
        Assert.Equal(System.Net.HttpStatusCode.Created, (await app.PredictAsync(Body.Warfarin())).Status);
    }

    [Fact]
    public async Task An_archive_that_was_altered_is_refused_by_its_hash()
    {
        var folder = ModelFolder.OfRepository();
        folder.Files["warfarin/dose/1.0.0/model.zip"][^1] ^= 1;
        await _storage.PublishAsync(folder);

        await using var app = await WholeApp.StartAsync(_storage.ConnectionString, WholeApp.Production);

        await RefusedAsync(app, "SHA-256");
    }

    [Theory]
    [InlineData(1L, "The registry has the revision 1, and 2 was in use")]
    [InlineData(null, "The registry has no revision, and 2 was in use")]
    public async Task An_older_signed_registry_that_is_put_back_is_refused_also_after_a_restart(long? older, string reason)
    {
        await _storage.PublishAsync(OfRevision(2));
        await using var app = await WholeApp.StartReadyAsync(_storage.ConnectionString, [.. WholeApp.Production]);

        await _storage.PublishAsync(OfRevision(older));

        await RefusedAsync(app, reason);
        Assert.Contains(app.Logs.Lines, line => line.Contains(reason, StringComparison.Ordinal));
        Assert.Equal(System.Net.HttpStatusCode.Created, (await app.PredictAsync(Body.Warfarin())).Status);
        await using var restarted = await WholeApp.StartAsync(_storage.ConnectionString, WholeApp.Production);
        await RefusedAsync(restarted, reason);
        Assert.Null(restarted.Service<ModelSetKeeper>().Current);
        await _storage.PublishAsync(OfRevision(3));
        await Eventually.TrueAsync(() => restarted.Service<ModelSetKeeper>().Current is not null, "a higher revision is taken");
    }

    [Fact]
    public async Task Registries_without_a_revision_are_taken_until_one_has_a_revision()
    {
        await _storage.PublishAsync(OfRevision(null));
        await using var app = await WholeApp.StartReadyAsync(_storage.ConnectionString, [.. WholeApp.Production]);
        await _storage.PublishAsync(OfRevision(1));
        var revisions = new RegistryRevisionStore(_storage.Connection.Tables);
        await Eventually.TrueAsync(async () => await revisions.FindAsync(Cancellation) == 1, "the first revision is in use");

        await _storage.PublishAsync(OfRevision(null));

        await RefusedAsync(app, "The registry has no revision, and 1 was in use");
    }

    private static ModelFolder OfRevision(long? revision)
    {
        var folder = ModelFolder.OfRepository();
        if (revision is not null)
            folder.Registry["revision"] = revision;
        return folder;
    }

    private static Task RefusedAsync(WholeApp app, string reason) => Eventually.TrueAsync(
        async () => (await ModelsStorage.StateAsync(app)).Reason.Contains(reason, StringComparison.Ordinal), $"the models are refused: {reason}");

    private Task DeleteSignatureAsync(byte[] registry) => _storage.Connection.Blobs
        .GetBlobContainerClient(ModelBlobStore.ContainerName)
        .DeleteBlobAsync(RegistrySignature.PathOf(registry), cancellationToken: Cancellation);
}
