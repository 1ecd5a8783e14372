using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace DrugResponse.Storage.Access;

/// <summary>
/// Names an API key within its tenant: 64 random bits, as text 16 lower-case hexadecimal digits. It is no secret. The default value is no
/// id and throws when used.
/// </summary>
public readonly record struct ApiKeyId
{
    /// <summary>Length of the text.</summary>
    public const int TextLength = 16;

    private readonly string? _value;

    private ApiKeyId(string value) => _value = value;

    /// <summary>Makes an id from the system's random numbers.</summary>
    public static ApiKeyId New() => new(RandomNumberGenerator.GetHexString(TextLength, lowercase: true));

    /// <summary>Reads an id, strictly.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The id.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out ApiKeyId id)
    {
        var isOne = text is { Length: TextLength } && text.All(char.IsAsciiHexDigitLower);
        id = isOne ? new ApiKeyId(text!) : default;
        return isOne;
    }

    /// <summary>The id's text.</summary>
    /// <exception cref="InvalidOperationException">This is the default value.</exception>
    public override string ToString() => _value ?? throw new InvalidOperationException("No key was named.");
}
