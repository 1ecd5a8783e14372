using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace DrugResponse.Storage.Audit;

/// <summary>
/// Keeps anchors, each in a blob of its own that is written once: the container can stand under an immutability policy. Thread-safe.
/// </summary>
/// <remarks>
/// A blob is named <c>{tenant}/{yyyymmdd of the chains}/{instant}-{random}</c>. Its first line is the version of the master key, a dot, and
/// the keyed hash of the rest in hexadecimal; the rest is the anchor as JSON.
/// </remarks>
/// <param name="blobs">The blob service.</param>
/// <param name="seal">Makes and checks the hashes.</param>
public sealed class AuditAnchorStore(BlobServiceClient blobs, AuditSeal seal)
{
    /// <summary>The container's name.</summary>
    public const string ContainerName = "audit-anchors";

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(ContainerName);

    /// <summary>Keeps an anchor.</summary>
    /// <param name="tenant">Whose chains.</param>
    /// <param name="day">Their day.</param>
    /// <param name="at">When the heads were read.</param>
    /// <param name="heads">Their heads.</param>
    /// <param name="cancellationToken">Cancels the call; the anchor may be kept all the same.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task AddAsync(
        TenantName tenant, DateOnly day, DateTimeOffset at, IReadOnlyList<AuditHead> heads, CancellationToken cancellationToken = default)
    {
        var anchor = new AuditAnchor(at, AuditChainId.DayText(day), heads);
        var json = JsonSerializer.SerializeToUtf8Bytes(anchor, AuditJson.Default.AuditAnchor);
        var hash = Convert.ToHexStringLower(seal.HashOfAnchor(tenant, seal.CurrentVersion, json));
        byte[] content = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seal.CurrentVersion}.{hash}\n")), .. json];
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{FolderOf(tenant, day)}{at.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{RandomNumberGenerator.GetHexString(16, lowercase: true)}");
        await _container
            .GetBlobClient(name)
            .UploadAsync(
                BinaryData.FromBytes(content),
                new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } },
                cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Reads the anchors of a tenant's day.</summary>
    /// <param name="tenant">Whose chains.</param>
    /// <param name="day">Their day.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>Each blob's name, and the anchor in it; null when it was changed, or its master key is not known.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async IAsyncEnumerable<(string Name, AuditAnchor? Anchor)> ReadAsync(
        TenantName tenant, DateOnly day, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var blob in _container
            .GetBlobsAsync(prefix: FolderOf(tenant, day), cancellationToken: cancellationToken)
            .ConfigureAwait(false))
        {
            var content = await _container.GetBlobClient(blob.Name).DownloadContentAsync(cancellationToken).ConfigureAwait(false);
            yield return (blob.Name, Read(tenant, day, content.Value.Content.ToMemory().Span));
        }
    }

    /// <summary>Finds the last day of a tenant that has an anchor.</summary>
    /// <param name="tenant">Whose chains.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The day; null when there is none.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<DateOnly?> FindLastDayAsync(TenantName tenant, CancellationToken cancellationToken = default)
    {
        DateOnly? last = null;
        await foreach (var item in _container
            .GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", $"{tenant}/", cancellationToken)
            .ConfigureAwait(false))
        {
            if (item.IsPrefix && AuditChainId.TryParseDay(item.Prefix.Split('/')[1], out var day) && !(day < last))
                last = day;
        }

        return last;
    }

    private static string FolderOf(TenantName tenant, DateOnly day) => $"{tenant}/{AuditChainId.DayText(day)}/";

    private AuditAnchor? Read(TenantName tenant, DateOnly day, ReadOnlySpan<byte> content)
    {
        var line = content.IndexOf((byte)'\n');
        if (line < 0 || Encoding.ASCII.GetString(content[..line]).Split('.') is not [var versionText, var hash])
            return null;

        var json = content[(line + 1)..];
        if (!int.TryParse(versionText, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            || !seal.Knows(version)
            || Convert.ToHexStringLower(seal.HashOfAnchor(tenant, version, json)) != hash)
            return null;

        return JsonSerializer.Deserialize(json, AuditJson.Default.AuditAnchor) is { } anchor && anchor.Day == AuditChainId.DayText(day)
            ? anchor
            : null;
    }
}
