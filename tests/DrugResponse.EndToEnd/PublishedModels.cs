using System.Reflection;
using System.Security.Cryptography;
using DrugResponse.Storage;
using DrugResponse.Storage.Models;
using DrugResponse.Testing;

namespace DrugResponse.EndToEnd;

/// <summary>The repository's models in blob storage, put there as a data scientist does it: every file, the signature, and the registry last.</summary>
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
            .Select(static file => Path.GetRelativePath(ModelsFolder, file).Replace('\\', '/'));
        foreach (var path in files)
            await store.UploadAsync(path, await ReadAsync(path), cancellationToken);
        var registry = await ReadAsync(ModelBlobStore.RegistryPath);
        await store.UploadAsync($"signatures/{Convert.ToHexStringLower(SHA256.HashData(registry))}.sig", SigningKey.Sign(registry), cancellationToken);
        await store.UploadAsync(ModelBlobStore.RegistryPath, registry, cancellationToken);
    }

    private static Task<byte[]> ReadAsync(string path) =>
        File.ReadAllBytesAsync(Path.Combine(ModelsFolder, path), TestContext.Current.CancellationToken);
}
