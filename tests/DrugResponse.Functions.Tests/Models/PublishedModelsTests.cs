using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using DrugResponse.Functions.Models;
using DrugResponse.Prediction.Models;
using DrugResponse.Storage.Models;
using DrugResponse.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Tests.Models;

/// <summary>What is fetched of the published models, looked at on the wire.</summary>
public sealed class PublishedModelsTests(ModelsStorage storage) : IClassFixture<ModelsStorage>
{
    private readonly ReadPaths _read = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_what_changed_is_fetched_again()
    {
        await storage.PublishAsync(ModelFolder.OfRepository());
        var models = Create();

        var first = await models.ReadAsync(Cancellation);
        var firstRead = _read.TakeAll();
        var unchanged = await models.ReadAsync(Cancellation);
        var unchangedRead = _read.TakeAll();
        var moved = ModelFolder.OfRepository().MoveTo("dose", "1.0.1");
        await storage.PublishFileAsync("warfarin/dose/1.0.1/model.zip", moved.Files["warfarin/dose/1.0.1/model.zip"]);
        await storage.PublishFileAsync("warfarin/dose/1.0.1/card.json", moved.Files["warfarin/dose/1.0.1/card.json"]);
        await storage.PublishFileAsync("registry.json", moved.RegistryJson);
        var second = await models.ReadAsync(Cancellation);

        Assert.Equal(3, first!.Models.Count());
        Assert.Equal(8, firstRead.Length);
        Assert.Null(unchanged);
        Assert.Equal(["registry.json"], unchangedRead);
        Assert.Equal("1.0.1", second!.Find("warfarin", "dose")!.Reference.Version);
        Assert.Equal(["", "registry.json", "warfarin/dose/1.0.1/card.json", "warfarin/dose/1.0.1/model.zip"], _read.TakeAll());
    }

    [Fact]
    public async Task A_fresh_process_reads_the_bundle_that_another_has_left()
    {
        await storage.PublishAsync(ModelFolder.OfRepository());
        await SaveBundleAsync();

        var models = Create();
        var set = await models.ReadAsync(Cancellation);
        var read = _read.TakeAll();
        await storage.PublishFileAsync("registry.json", [.. ModelFolder.OfRepository().RegistryJson, (byte)' ']);
        var again = await models.ReadAsync(Cancellation);

        Assert.Equal(3, set!.Models.Count());
        Assert.Equal([ModelBundle.Path, "registry.json"], read);
        Assert.Equal(3, again!.Models.Count());
        Assert.Equal(["", "registry.json"], _read.TakeAll());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(45)]
    [InlineData(-1)]
    public async Task A_spoilt_bundle_costs_time_and_nothing_else(int spoiltByte)
    {
        await storage.PublishAsync(ModelFolder.OfRepository());
        await SaveBundleAsync();
        var bundle = await ReadBundleAsync();
        bundle[spoiltByte < 0 ? ^1 : spoiltByte] ^= 0xFF;
        await storage.PublishFileAsync(ModelBundle.Path, bundle);

        Assert.Equal(3, (await Create().ReadAsync(Cancellation))!.Models.Count());
    }

    [Fact]
    public async Task A_bundle_that_is_cut_off_is_none()
    {
        await storage.PublishAsync(ModelFolder.OfRepository());
        await SaveBundleAsync();
        var bytes = await ReadBundleAsync();

        Assert.NotNull(ModelBundle.TryRead(bytes));
        foreach (var length in Enumerable.Range(0, 60).Append(bytes.Length - 1))
            Assert.Null(ModelBundle.TryRead(bytes[..length]));
    }

    [Fact]
    public async Task A_bundle_of_another_registry_is_not_used()
    {
        await storage.PublishAsync(ModelFolder.OfRepository());
        await SaveBundleAsync();
        var bundle = await ReadBundleAsync();
        await storage.PublishAsync(ModelFolder.OfRepository().MoveTo("dose", "1.0.1"));
        await storage.PublishFileAsync(ModelBundle.Path, bundle);

        var set = await Create().ReadAsync(Cancellation);

        Assert.Equal("1.0.1", set!.Find("warfarin", "dose")!.Reference.Version);
    }

    private async Task<byte[]> ReadBundleAsync() =>
        (await new ModelBlobStore(storage.Connection.Blobs).DownloadAsync(ModelBundle.Path, int.MaxValue, Cancellation)).Content;

    private async Task SaveBundleAsync()
    {
        var models = Create();
        await models.ReadAsync(Cancellation);
        await models.SaveBundleAsync(Cancellation);
        _read.TakeAll();
    }

    [Fact]
    public async Task A_file_that_was_written_again_is_fetched_again_whatever_the_registry_says()
    {
        await storage.PublishAsync(ModelFolder.OfRepository());
        var models = Create();
        await models.ReadAsync(Cancellation);

        await storage.PublishFileAsync("warfarin/dose/1.0.0/model.zip", [1]);
        await storage.PublishFileAsync("registry.json", ModelFolder.OfRepository().RegistryJson);
        var faults = new List<string>();
        for (var look = 0; look < 2; look++)
            faults.AddRange((await Assert.ThrowsAsync<ModelSetException>(() => models.ReadAsync(Cancellation))).Faults);
        await storage.PublishFileAsync("warfarin/dose/1.0.0/model.zip", ModelFolder.OfRepository().Files["warfarin/dose/1.0.0/model.zip"]);
        var mended = await models.ReadAsync(Cancellation);

        Assert.Equal(2, faults.Count);
        Assert.All(faults, static fault => Assert.Contains("warfarin/dose/1.0.0/model.zip does not", fault, StringComparison.Ordinal));
        Assert.Equal(3, mended!.Models.Count());
    }

    private PublishedModels Create()
    {
        var options = new BlobClientOptions();
        options.AddPolicy(_read, HttpPipelinePosition.PerCall);
        var blobs = new ModelBlobStore(new BlobServiceClient(storage.ConnectionString, options));
        var production = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" }).Environment;
        return new PublishedModels(
            blobs,
            new DevelopmentModels(blobs, production, NullLogger<DevelopmentModels>.Instance),
            new RegistryTrust(blobs, Options.Create(new ModelOptions())),
            new RegistryRevisions(new RegistryRevisionStore(storage.Connection.Tables), production));
    }

    /// <summary>Notes the path in the container of every read; a list has an empty one.</summary>
    private sealed class ReadPaths : HttpPipelineSynchronousPolicy
    {
        private readonly ConcurrentQueue<string> _paths = [];

        public override void OnSendingRequest(HttpMessage message)
        {
            var path = message.Request.Uri.ToUri().AbsolutePath;
            const string Container = $"/{ModelBlobStore.ContainerName}";
            var start = path.IndexOf(Container, StringComparison.Ordinal) + Container.Length;
            if (message.Request.Method == RequestMethod.Get)
                _paths.Enqueue(Uri.UnescapeDataString(path[start..]).TrimStart('/'));
        }

        public string[] TakeAll()
        {
            var taken = _paths.Order(StringComparer.Ordinal).ToArray();
            _paths.Clear();
            return taken;
        }
    }
}
