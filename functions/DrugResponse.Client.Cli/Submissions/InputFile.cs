using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client.Cli.Submissions;

/// <summary>A cohort on disk.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Format">One of <see cref="BatchFormats"/>.</param>
/// <param name="Length">Bytes.</param>
/// <param name="WrittenAt">When it was changed last: a file that changed is another cohort.</param>
internal sealed record InputFile(string Path, string Format, long Length, DateTimeOffset WrittenAt)
{
    /// <summary>Looks at a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="format">
    /// Its form; null to tell it from the name: <c>.csv</c>, <c>.ndjson</c>, <c>.jsonl</c>, <c>.json</c>, each also with <c>.gz</c>.
    /// </param>
    /// <exception cref="UnusableFileException">There is no such file, or its form cannot be told.</exception>
    public static InputFile Find(string path, string? format)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new UnusableFileException($"There is no file {path}.");
        return new InputFile(
            file.FullName,
            format ?? FormatOf(path) ?? throw new UnusableFileException(
                $"The name {file.Name} does not tell its form; say --format ndjson, csv or json."),
            file.Length,
            new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero));
    }

    /// <summary>Opens it for reading.</summary>
    public FileStream Open() => new(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 64 * 1024, FileOptions.Asynchronous);

    /// <summary>The path of a file beside this one.</summary>
    /// <param name="suffix">What takes the place of its extension.</param>
    public string Beside(string suffix)
    {
        var name = System.IO.Path.GetFileName(Path);
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            name = System.IO.Path.GetFileNameWithoutExtension(name);
        return System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, System.IO.Path.GetFileNameWithoutExtension(name) + suffix);
    }

    private static string? FormatOf(string path)
    {
        var plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return System.IO.Path.GetExtension(plain).ToUpperInvariant() switch
        {
            ".CSV" => BatchFormats.Csv,
            ".NDJSON" or ".JSONL" => BatchFormats.NdJson,
            ".JSON" => BatchFormats.Json,
            _ => null,
        };
    }
}
