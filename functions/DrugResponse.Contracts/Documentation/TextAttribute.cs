namespace DrugResponse.Contracts.Documentation;

/// <summary>
/// What a text can be, for the API's description. On a list or a map it says so of each text inside. That requests keep to it is seen to
/// where they are read, by the same constants.
/// </summary>
/// <param name="maxLength">Most characters, in UTF-16 code units; 0 where nothing bounds it but its pattern.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextAttribute(int maxLength = 0) : Attribute
{
    /// <summary>A word of a list that may get further ones: lower-case, with hyphens inside.</summary>
    public const string Code = "^[a-z0-9]+(-[a-z0-9]+)*$";

    /// <summary>A name that begins with a small letter.</summary>
    public const string CamelCase = "^[a-z][A-Za-z0-9]*$";

    /// <summary>A JSON pointer (RFC 6901).</summary>
    public const string JsonPointer = "^(/.*)?$";

    /// <summary>A model, as <c>drug/endpoint</c>.</summary>
    public const string ModelId = "^[^/]+/[a-z0-9-]+$";

    /// <summary>Most characters; 0 where nothing bounds it but its pattern.</summary>
    public int MaxLength { get; } = maxLength;

    /// <summary>What all of it must match, an ECMA 262 regular expression; null where any characters may stand.</summary>
    public string? Pattern { get; init; }
}
