using System.Globalization;

namespace DrugResponse.Contracts.Reading;

/// <summary>Builds JSON pointers (RFC 6901).</summary>
public static class JsonPointer
{
    private const int MaxTokenLength = 64;

    /// <summary>The pointer of a member of the object at <paramref name="parent"/>.</summary>
    /// <param name="parent">Pointer of the object.</param>
    /// <param name="name">Member name; an overlong one is cut and marked, since names too come from the caller.</param>
    public static string Member(string parent, string name)
    {
        var token = name.Length > MaxTokenLength ? string.Concat(name.AsSpan(0, MaxTokenLength), "…") : name;
        return $"{parent}/{token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
    }

    /// <summary>The pointer of an element of the array at <paramref name="parent"/>.</summary>
    public static string Element(string parent, int index) => string.Create(CultureInfo.InvariantCulture, $"{parent}/{index}");
}
