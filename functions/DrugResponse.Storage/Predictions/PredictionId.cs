using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using DrugResponse.Storage.Patients;

namespace DrugResponse.Storage.Predictions;

/// <summary>
/// Names a prediction and says where it is kept, so that reading one is a point read: whose patient's it is, when it was made, and 64 random
/// bits. As text 43 characters of base64url. The default value is no id and throws when used.
/// </summary>
/// <remarks>
/// <para>
/// The text encodes 32 bytes, numbers big-endian: bytes 0 to 15 the patient key, 16 to 23 the reverse time, 24 to 31 the random bits. Issued
/// ids must stay readable: never change this.
/// </para>
/// <para>
/// The reverse time is the number of ticks (100 ns) from the instant of creation to <see cref="DateTimeOffset.MaxValue"/>; it falls as time
/// goes on, so that a table, which sorts upwards, lists the newest first.
/// </para>
/// </remarks>
public readonly record struct PredictionId
{
    /// <summary>Length of the text.</summary>
    public const int TextLength = 43;

    // Six bits to a character: the one after these holds bits of the time as well.
    private const int PatientKeyCharacters = 21;

    private const int ByteLength = PatientKey.ByteLength + sizeof(long) + sizeof(ulong);

    private readonly long _reverseTicks;
    private readonly ulong _randomBits;

    private PredictionId(PatientKey patientKey, long reverseTicks, ulong randomBits)
    {
        PatientKey = patientKey;
        _reverseTicks = reverseTicks;
        _randomBits = randomBits;
    }

    /// <summary>Whose prediction it is.</summary>
    public PatientKey PatientKey { get; }

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset CreatedAt => new(DateTimeOffset.MaxValue.Ticks - _reverseTicks, TimeSpan.Zero);

    /// <summary>
    /// The row key. Its order is the point: reverse time in 16 hexadecimal digits, so that newer rows come first, then the random bits in 16
    /// more. Lower-case and of fixed width, since the table compares characters.
    /// </summary>
    internal string RowKey => string.Create(CultureInfo.InvariantCulture, $"{_reverseTicks:x16}{_randomBits:x16}");

    /// <summary>Makes an id with random bits from the system.</summary>
    /// <param name="patientKey">Whose prediction it is.</param>
    /// <param name="createdAt">When it is made.</param>
    public static PredictionId Create(PatientKey patientKey, DateTimeOffset createdAt)
    {
        Span<byte> bits = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bits);
        return Create(patientKey, createdAt, BinaryPrimitives.ReadUInt64BigEndian(bits));
    }

    /// <summary>Makes an id. The same arguments give the same id.</summary>
    /// <param name="patientKey">Whose prediction it is.</param>
    /// <param name="createdAt">When it is made.</param>
    /// <param name="randomBits">Tells apart what is made at the same instant.</param>
    /// <exception cref="InvalidOperationException">The key is the default value.</exception>
    public static PredictionId Create(PatientKey patientKey, DateTimeOffset createdAt, ulong randomBits)
    {
        if (patientKey == default)
            throw new InvalidOperationException("No patient key was given.");

        return new PredictionId(patientKey, DateTimeOffset.MaxValue.Ticks - createdAt.UtcTicks, randomBits);
    }

    /// <summary>Reads an id's text, strictly: an id has exactly one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The id.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PredictionId id)
    {
        id = default;
        Span<byte> bytes = stackalloc byte[ByteLength];
        if (!Base64UrlText.TryDecode(text, TextLength, bytes))
            return false;

        var patientKey = PatientKey.Read(bytes);
        var reverseTicks = BinaryPrimitives.ReadInt64BigEndian(bytes[PatientKey.ByteLength..]);
        if (patientKey == default || reverseTicks < 0 || reverseTicks > DateTimeOffset.MaxValue.Ticks)
            return false;

        id = new PredictionId(patientKey, reverseTicks, BinaryPrimitives.ReadUInt64BigEndian(bytes[(PatientKey.ByteLength + sizeof(long))..]));
        return true;
    }

    /// <summary>The id's text.</summary>
    /// <exception cref="InvalidOperationException">This is the default value.</exception>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        PatientKey.Write(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes[PatientKey.ByteLength..], _reverseTicks);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[(PatientKey.ByteLength + sizeof(long))..], _randomBits);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>What the ids of all predictions of a patient begin with. Those of a few other patients do so too.</summary>
    internal static string PrefixOf(PatientKey patientKey) => patientKey.ToString()[..PatientKeyCharacters];

    /// <summary>Reads back a <see cref="RowKey"/>.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    internal static PredictionId FromRowKey(PatientKey patientKey, string rowKey) => TryReadRowKey(patientKey, rowKey, out var id)
        ? id
        : throw new InvalidDataException("A row of predictions has a row key that is none.");

    /// <summary>Reads back a <see cref="RowKey"/>, if it is one.</summary>
    internal static bool TryReadRowKey(PatientKey patientKey, string rowKey, out PredictionId id)
    {
        id = default;
        if (rowKey.Length != 32
            || !long.TryParse(rowKey.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var reverseTicks)
            || reverseTicks < 0
            || reverseTicks > DateTimeOffset.MaxValue.Ticks
            || !ulong.TryParse(rowKey.AsSpan(16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var randomBits))
            return false;

        id = new PredictionId(patientKey, reverseTicks, randomBits);
        return true;
    }
}
