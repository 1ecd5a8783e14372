using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace DrugResponse.Storage.Patients;

/// <summary>
/// The key under which a patient's data is kept: 128 random bits, as text 22 characters of base64url. It says nothing about the patient.
/// The default value is no key and throws when used.
/// </summary>
public readonly record struct PatientKey
{
    /// <summary>Length of the text.</summary>
    public const int TextLength = 22;

    /// <summary>Length of the binary form.</summary>
    internal const int ByteLength = 16;

    private readonly UInt128 _value;

    private PatientKey(UInt128 value) => _value = value;

    /// <summary>Makes a key from the system's random numbers.</summary>
    public static PatientKey New()
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        RandomNumberGenerator.Fill(bytes);
        return Read(bytes);
    }

    /// <summary>Reads a key's text, strictly: a key has exactly one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="key">The key.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PatientKey key)
    {
        key = default;
        Span<byte> bytes = stackalloc byte[ByteLength];
        if (!Base64UrlText.TryDecode(text, TextLength, bytes))
            return false;

        key = Read(bytes);
        return key != default;
    }

    /// <summary>The key's text.</summary>
    /// <exception cref="InvalidOperationException">This is the default value.</exception>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        Write(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    internal static PatientKey Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    internal void Write(Span<byte> destination)
    {
        if (_value == 0)
            throw new InvalidOperationException("No patient key was given.");

        BinaryPrimitives.WriteUInt128BigEndian(destination, _value);
    }
}
