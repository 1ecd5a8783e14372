using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Azure;

namespace DrugResponse.Storage.Tables;

/// <summary>
/// One row of a table: named values, among them <c>PartitionKey</c> and <c>RowKey</c>. Values are <see cref="string"/>,
/// <see cref="bool"/>, <see cref="int"/>, <see cref="long"/>, <see cref="double"/>, <see cref="DateTimeOffset"/>, <see cref="Guid"/>,
/// <c>byte[]</c> or (to write only) <see cref="BinaryData"/>; a <see langword="null"/> is not stored. Not thread-safe.
/// </summary>
/// <remarks>
/// Limits of the service: 252 own properties, 64 KiB per value (32,768 characters of text, 65,536 bytes), 1 MiB per row. Names are
/// case-sensitive and at most 255 characters.
/// </remarks>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "The name of the type in Azure.Data.Tables.")]
public sealed class TableEntity : IDictionary<string, object>
{
    internal const string PartitionKeyName = "PartitionKey";
    internal const string RowKeyName = "RowKey";
    internal const string TimestampName = "Timestamp";
    internal const string ETagName = "odata.etag";

    private readonly Dictionary<string, object> _properties = new(StringComparer.Ordinal);

    /// <summary>Makes a row without keys.</summary>
    public TableEntity()
    {
    }

    /// <summary>Makes a row.</summary>
    /// <param name="partitionKey">The partition key: at most 512 characters, none of <c>/ \ # ?</c> and no control character.</param>
    /// <param name="rowKey">The row key, under the same rule; unique in the partition.</param>
    public TableEntity(string partitionKey, string rowKey)
    {
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    /// <summary>The partition key.</summary>
    public string PartitionKey
    {
        get => GetString(PartitionKeyName)!;
        set => _properties[PartitionKeyName] = value;
    }

    /// <summary>The row key.</summary>
    public string RowKey
    {
        get => GetString(RowKeyName)!;
        set => _properties[RowKeyName] = value;
    }

    /// <summary>When the service last changed the row; set by the service, never sent.</summary>
    public DateTimeOffset? Timestamp
    {
        get => GetDateTimeOffset(TimestampName);
        set => _properties[TimestampName] = value!;
    }

    /// <summary>The row's version as last read; set by the service, never sent with the row.</summary>
    public ETag ETag
    {
        get => GetString(ETagName) is { } etag ? new ETag(etag) : default;
        set => _properties[ETagName] = value.ToString();
    }

    /// <inheritdoc/>
    public ICollection<string> Keys => _properties.Keys;

    /// <inheritdoc/>
    public ICollection<object> Values => _properties.Values;

    /// <inheritdoc/>
    public int Count => _properties.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <summary>A value by its name; <see langword="null"/> if there is none.</summary>
    /// <param name="key">The property's name.</param>
    public object this[string key]
    {
        get => _properties.GetValueOrDefault(key)!;
        set => _properties[key] = value;
    }

    /// <summary>A text, or <see langword="null"/> if there is no such property.</summary>
    /// <param name="key">The property's name.</param>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public string? GetString(string key) => Get(key) switch { null => null, string value => value, var other => throw Mismatch(key, other) };

    /// <summary>A number of 32 bits, or <see langword="null"/> if there is no such property.</summary>
    /// <inheritdoc cref="GetString"/>
    public int? GetInt32(string key) => Get(key) switch { null => null, int value => value, var other => throw Mismatch(key, other) };

    /// <summary>A number of 64 bits, or <see langword="null"/> if there is no such property.</summary>
    /// <inheritdoc cref="GetString"/>
    public long? GetInt64(string key) => Get(key) switch { null => null, long value => value, var other => throw Mismatch(key, other) };

    /// <summary>A floating-point number, or <see langword="null"/> if there is no such property.</summary>
    /// <inheritdoc cref="GetString"/>
    public double? GetDouble(string key) => Get(key) switch { null => null, double value => value, var other => throw Mismatch(key, other) };

    /// <summary>A truth value, or <see langword="null"/> if there is no such property.</summary>
    /// <inheritdoc cref="GetString"/>
    public bool? GetBoolean(string key) => Get(key) switch { null => null, bool value => value, var other => throw Mismatch(key, other) };

    /// <summary>An instant in UTC, or <see langword="null"/> if there is no such property.</summary>
    /// <inheritdoc cref="GetString"/>
    public DateTimeOffset? GetDateTimeOffset(string key) =>
        Get(key) switch { null => null, DateTimeOffset value => value, var other => throw Mismatch(key, other) };

    /// <summary>A GUID, or <see langword="null"/> if there is no such property.</summary>
    /// <inheritdoc cref="GetString"/>
    public Guid? GetGuid(string key) => Get(key) switch { null => null, Guid value => value, var other => throw Mismatch(key, other) };

    /// <summary>Bytes, or <see langword="null"/> if there is no such property.</summary>
    /// <inheritdoc cref="GetString"/>
    public byte[]? GetBinary(string key) => Get(key) switch
    {
        null => null,
        byte[] value => value,
        BinaryData value => value.ToArray(),
        var other => throw Mismatch(key, other),
    };

    /// <inheritdoc/>
    public void Add(string key, object value) => _properties.Add(key, value);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _properties.ContainsKey(key);

    /// <inheritdoc/>
    public bool Remove(string key) => _properties.Remove(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object value) => _properties.TryGetValue(key, out value);

    /// <inheritdoc/>
    public void Clear() => _properties.Clear();

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => _properties.GetEnumerator();

    void ICollection<KeyValuePair<string, object>>.Add(KeyValuePair<string, object> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object>>.Contains(KeyValuePair<string, object> item) => _properties.Contains(item);

    void ICollection<KeyValuePair<string, object>>.CopyTo(KeyValuePair<string, object>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object>>)_properties).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object>>.Remove(KeyValuePair<string, object> item) =>
        ((ICollection<KeyValuePair<string, object>>)_properties).Remove(item);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Enumerates without an allocation.</summary>
    internal Dictionary<string, object>.Enumerator EnumerateProperties() => _properties.GetEnumerator();

    private object? Get(string key) => _properties.GetValueOrDefault(key);

    private static InvalidOperationException Mismatch(string key, object value) =>
        new($"The property {key} holds a value of type {value.GetType().Name}.");
}
