using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace DrugResponse.Storage.Batches;

/// <summary>
/// Names a batch, or an upload: when it was made and 64 random bits. As text 32 lower-case hexadecimal digits, of which the first 16 are the
/// ticks (100 ns) from its creation to <see cref="DateTimeOffset.MaxValue"/>, so that newer ids sort before older ones. The default value is
/// no id and throws when used.
/// </summary>
/// <remarks>Issued ids must stay readable: never change this.</remarks>
public readonly record struct BatchId
{
    /// <summary>Length of the text.</summary>
    public const int TextLength = 32;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private readonly long _reverseTicks;
    private readonly ulong _randomBits;

    private BatchId(long reverseTicks, ulong randomBits) => (_reverseTicks, _randomBits) = (reverseTicks, randomBits);

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset CreatedAt => new(DateTimeOffset.MaxValue.Ticks - _reverseTicks, TimeSpan.Zero);

    /// <summary>Makes an id with random bits from the system.</summary>
    /// <param name="createdAt">When it is made.</param>
    public static BatchId Create(DateTimeOffset createdAt)
    {
        Span<byte> bits = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bits);
        return new BatchId(DateTimeOffset.MaxValue.Ticks - createdAt.UtcTicks, BinaryPrimitives.ReadUInt64BigEndian(bits));
    }

    /// <summary>Reads an id's text, strictly: an id has exactly one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The id.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out BatchId id)
    {
        id = default;
        if (text is null || text.Length != TextLength || text.AsSpan().ContainsAnyExcept(Digits))
            return false;

        var reverseTicks = long.Parse(text.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var randomBits = ulong.Parse(text.AsSpan(16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (reverseTicks <= 0 || reverseTicks > DateTimeOffset.MaxValue.Ticks)
            return false;

        id = new BatchId(reverseTicks, randomBits);
        return true;
    }

    /// <summary>Reads the text of an id that is known to be one.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static BatchId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException("This is no id of a batch.");

    /// <summary>The id's text.</summary>
    /// <exception cref="InvalidOperationException">This is the default value.</exception>
    public override string ToString() => _reverseTicks > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{_reverseTicks:x16}{_randomBits:x16}")
        : throw new InvalidOperationException("No batch was given.");
}
