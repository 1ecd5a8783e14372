using System.Reflection;
using DrugResponse.Storage;
using DrugResponse.Storage.Models;

namespace DrugResponse.EndToEnd;

/// <summary>The repository's models in blob storage, put there as a data scientist does it: every file, and the registry last.</summary>
internal static class PublishedModels
{
    private static readonly string ModelsFolder = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        typeof(PublishedModels).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static item => item.Key == nameof(ModelsFolder)).Value!));

    public static async Task UploadAsync(string connectionString)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var storage = new StorageConnection(new StorageOptions { ConnectionString = connectionString });
        await StorageSchema.EnsureCreatedAsync(storage, cancellationToken);
        var store = new ModelBlobStore(storage.Blobs);
        var files = Directory.EnumerateFiles(ModelsFolder, "*", SearchOption.AllDirectories)
            .Where(static file => file.EndsWith(".zip", StringComparison.Ordinal) || Path.GetFileName(file) == "card.json")
            .Append(Path.Combine(ModelsFolder, ModelBlobStore.RegistryPath));
        foreach (var file in files)
        {
            var path = Path.GetRelativePath(ModelsFolder, file).Replace('\\', '/');
            await store.UploadAsync(path, await File.ReadAllBytesAsync(file, cancellationToken), cancellationToken);
        }
    }
}
