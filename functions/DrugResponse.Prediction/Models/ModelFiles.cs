using System.Security.Cryptography;

namespace DrugResponse.Prediction.Models;

/// <summary>Fetches the files of one load, a bounded number at once, and holds each against its hash. Thread-safe.</summary>
internal sealed class ModelFiles(ModelSetLoader.FetchAsync fetch) : IDisposable
{
    /// <summary>
    /// How many files are fetched at once. A hundred models are several hundred files, and as many connections would only wait for
    /// each other.
    /// </summary>
    public const int MostAtOnce = 16;

    private readonly SemaphoreSlim _places = new(MostAtOnce);

    /// <summary>Fetches all files of a version.</summary>
    /// <param name="version">The version.</param>
    /// <param name="faults">Takes a sentence per file that is missing or not the one that the registry means.</param>
    /// <param name="cancellationToken">Cancels the fetch.</param>
    /// <returns>The files, or null when there is a fault.</returns>
    public async Task<VersionFiles?> GetAsync(RegisteredVersion version, List<string> faults, CancellationToken cancellationToken)
    {
        var contents = new List<ReadOnlyMemory<byte>>();
        foreach (var file in version.ListFiles())
        {
            if (await FetchAsync(file, faults, cancellationToken).ConfigureAwait(false) is { } content)
                contents.Add(content);
        }

        return contents switch
        {
            [var model, var card] when version.Spread is null => new VersionFiles(model, card, Spread: null),
            [var model, var card, var lower, var upper] => new VersionFiles(model, card, new SpreadFiles(lower, upper)),
            _ => null,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private async Task<ReadOnlyMemory<byte>?> FetchAsync(RegisteredFile file, List<string> faults, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (await fetch(file.Path, cancellationToken).ConfigureAwait(false) is not { } content)
                faults.Add($"{file.Path} is missing.");
            else if (Convert.ToHexStringLower(SHA256.HashData(content.Span)) != file.Sha256)
                faults.Add($"{file.Path} does not have the SHA-256 that the registry states.");
            else
                return content;
        }
        catch (ModelSetException refusal)
        {
            faults.AddRange(refusal.Faults);
        }
        finally
        {
            _places.Release();
        }

        return null;
    }
}

/// <summary>The bytes of a version's files.</summary>
/// <param name="Model">The archive.</param>
/// <param name="Card">The card.</param>
/// <param name="Spread">The archives of the interval; null when the card's strata give it.</param>
internal sealed record VersionFiles(ReadOnlyMemory<byte> Model, ReadOnlyMemory<byte> Card, SpreadFiles? Spread);

/// <summary>The bytes of the archives that give an interval.</summary>
/// <param name="Lower">The archive for the distance below.</param>
/// <param name="Upper">The archive for the distance above.</param>
internal sealed record SpreadFiles(ReadOnlyMemory<byte> Lower, ReadOnlyMemory<byte> Upper);
