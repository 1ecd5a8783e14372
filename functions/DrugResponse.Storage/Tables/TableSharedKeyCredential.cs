using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace DrugResponse.Storage.Tables;

/// <summary>Name and key of a storage account. Thread-safe.</summary>
public sealed class TableSharedKeyCredential
{
    private const int StackLimit = 1024;
    private readonly byte[] _key;

    /// <summary>Makes a credential.</summary>
    /// <param name="accountName">The account's name.</param>
    /// <param name="accountKey">One of the account's two keys, in base64 as the portal shows it.</param>
    /// <exception cref="ArgumentException">The key is not base64. The message does not repeat it.</exception>
    public TableSharedKeyCredential(string accountName, string accountKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(accountName);
        ArgumentException.ThrowIfNullOrEmpty(accountKey);
        AccountName = accountName;
        _key = new byte[accountKey.Length];
        if (!Convert.TryFromBase64String(accountKey, _key, out var length))
            throw new ArgumentException("The account key is not base64.", nameof(accountKey));

        Array.Resize(ref _key, length);
    }

    /// <summary>The account's name.</summary>
    public string AccountName { get; }

    /// <summary>Signs a text: base64 of HMAC-SHA-256 over its UTF-8 bytes.</summary>
    internal string Sign(string text)
    {
        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = size > StackLimit ? ArrayPool<byte>.Shared.Rent(size) : null;
        Span<byte> bytes = rented ?? stackalloc byte[StackLimit];
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, bytes[..Encoding.UTF8.GetBytes(text, bytes)], signature);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);

        return Convert.ToBase64String(signature);
    }
}
