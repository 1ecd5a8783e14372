using System.Security.Cryptography;
using System.Text.Json;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Training.Registry;

/// <summary>The files of a model that is not registered anywhere yet.</summary>
/// <param name="Archive">The archive.</param>
/// <param name="Card">The card.</param>
/// <param name="SpreadLower">The archive of the distance below, or null.</param>
/// <param name="SpreadUpper">The archive of the distance above, or null.</param>
internal sealed record CheckedFiles(FileInfo Archive, FileInfo Card, FileInfo? SpreadLower, FileInfo? SpreadUpper)
{
    /// <summary>Reads them.</summary>
    public async Task<CheckedVersion> ReadAsync(CancellationToken cancellationToken)
    {
        var contents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var file in new[] { Archive, Card, SpreadLower, SpreadUpper }.OfType<FileInfo>())
            contents[file.FullName] = await File.ReadAllBytesAsync(file.FullName, cancellationToken);

        var card = TryRead(contents[Card.FullName]);
        return new CheckedVersion(card, Register(contents, card?.Version ?? "?"), contents);
    }

    private RegisteredVersion Register(Dictionary<string, byte[]> contents, string version)
    {
        string Sha256Of(FileInfo file) => Convert.ToHexStringLower(SHA256.HashData(contents[file.FullName]));
        return new RegisteredVersion
        {
            Version = version,
            Model = Archive.FullName,
            ModelSha256 = Sha256Of(Archive),
            Card = Card.FullName,
            CardSha256 = Sha256Of(Card),
            Spread = SpreadLower is null || SpreadUpper is null ? null : new RegisteredSpread
            {
                Lower = SpreadLower.FullName,
                LowerSha256 = Sha256Of(SpreadLower),
                Upper = SpreadUpper.FullName,
                UpperSha256 = Sha256Of(SpreadUpper),
            },
        };
    }

    // What is wrong with a card is told when the version is loaded; here it need only be known whose card it is.
    private static ModelCard? TryRead(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ModelJson.Default.ModelCard);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A version read from files.</summary>
/// <param name="Card">Its card; null when it cannot be read.</param>
/// <param name="Version">How a registry would name it.</param>
/// <param name="Contents">Its files by path.</param>
internal sealed record CheckedVersion(ModelCard? Card, RegisteredVersion Version, IReadOnlyDictionary<string, byte[]> Contents)
{
    /// <summary>Fetches a file.</summary>
    public Task<ReadOnlyMemory<byte>?> FetchAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<ReadOnlyMemory<byte>?>(Contents[path]);
    }
}
