using DrugResponse.Prediction.Models;
using DrugResponse.Storage.Models;

namespace DrugResponse.Training.Registry;

/// <summary>A registry in a folder such as <c>models/</c>.</summary>
internal sealed class FolderStore(string folder) : ModelStore
{
    public override string Name => folder;

    public override bool IsSource => true;

    private string RegistryFile => Path.Combine(folder, ModelBlobStore.RegistryPath);

    public override async Task<StoredRegistry?> ReadRegistryAsync(CancellationToken cancellationToken) =>
        File.Exists(RegistryFile) ? new StoredRegistry(await File.ReadAllBytesAsync(RegistryFile, cancellationToken), default) : null;

    public override async Task<bool> TryReplaceRegistryAsync(
        ReadOnlyMemory<byte> json, StoredRegistry? known, CancellationToken cancellationToken)
    {
        var present = await ReadRegistryAsync(cancellationToken);
        if ((present is null) != (known is null) || (present is not null && !present.Json.Span.SequenceEqual(known!.Json.Span)))
            return false;

        // Beside it first, so that a reader never sees half of it.
        var unfinished = RegistryFile + ".new";
        await File.WriteAllBytesAsync(unfinished, json, cancellationToken);
        File.Move(unfinished, RegistryFile, overwrite: true);
        return true;
    }

    public override Task WriteFileAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var file = new FileInfo(Path.Combine(folder, path));
        file.Directory!.Create();
        return File.WriteAllBytesAsync(file.FullName, content, cancellationToken);
    }

    public override async Task<ReadOnlyMemory<byte>?> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        // The service takes no other paths, so a set that works in a folder only would be found out too late.
        if (!ModelBlobStore.IsValidPath(path))
            throw new ModelSetException([$"'{path}' is no path of a file in the container {ModelBlobStore.ContainerName}."]);
        var file = new FileInfo(Path.Combine(folder, path));
        if (!file.Exists)
            return null;
        if (file.Length > MaxFileBytes)
            throw new ModelSetException([$"{path} has {file.Length} bytes; at most {MaxFileBytes} are read."]);
        return await File.ReadAllBytesAsync(file.FullName, cancellationToken);
    }

    public override Task<bool> HasSignaturesAsync(CancellationToken cancellationToken)
    {
        var signatures = Path.Combine(folder, RegistrySignature.Folder);
        return Task.FromResult(Directory.Exists(signatures) && Directory.EnumerateFileSystemEntries(signatures).Any());
    }
}
