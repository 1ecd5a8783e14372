using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DrugResponse.Functions.Access;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Submission;

/// <summary>
/// Tells whether two submissions are the same without keeping either: HMAC-SHA-256 over what was asked for and the bytes sent, under every
/// version of a key of the tenant's. Not thread-safe.
/// </summary>
internal sealed class SubmissionHash : IDisposable
{
    private const string Purpose = "batch hash";

    private readonly Dictionary<int, IncrementalHash> _hashes;
    private readonly int _currentVersion;

    /// <summary>Begins the hash of a submission.</summary>
    public SubmissionHash(TenantKeys keys, TenantName tenant, BatchRequest request, string input)
    {
        _currentVersion = keys.CurrentVersion;
        _hashes = keys.Versions.ToDictionary(
            static version => version, version => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, keys.Derive(version, tenant, Purpose)));

        // Each text with its length, so that no two lists run together to the same bytes.
        foreach (var text in (IEnumerable<string>)[input, request.Name ?? "", request.ResultsFormat, request.Webhook?.ToString() ?? "", .. request.Candidates])
            Append(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}")));
    }

    /// <summary>Adds bytes of the body.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (var hash in _hashes.Values)
            hash.AppendData(bytes);
    }

    /// <summary>The hash so far, with the version of its key in front.</summary>
    public string Current => Text(_currentVersion);

    /// <summary>Whether a stored hash, possibly of another key version, is this submission's.</summary>
    public bool Is(string stored) => _hashes.Keys.Any(version => stored == Text(version));

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var hash in _hashes.Values)
            hash.Dispose();
    }

    private string Text(int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{version}.{Convert.ToHexStringLower(_hashes[version].GetCurrentHash())}");
}
