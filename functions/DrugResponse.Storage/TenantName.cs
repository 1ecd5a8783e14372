using System.Diagnostics.CodeAnalysis;

namespace DrugResponse.Storage;

/// <summary>
/// Name of a tenant: 1 to 63 lower-case ASCII letters, digits and hyphens, no hyphen first. It begins partition keys and blob names, which
/// is what keeps tenants apart, so its characters must be unable to leave their place. The default value is no tenant and throws when used.
/// </summary>
public readonly record struct TenantName
{
    private const int MaxLength = 63;
    private readonly string? _value;

    private TenantName(string value) => _value = value;

    /// <summary>Reads a name.</summary>
    /// <param name="text">The name.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static TenantName Parse(string text) => TryParse(text, out var tenant)
        ? tenant
        : throw new FormatException("The name of a tenant has 1 to 63 lower-case letters, digits and hyphens, no hyphen first.");

    /// <summary>Reads a name.</summary>
    /// <param name="text">The name.</param>
    /// <param name="tenant">The tenant.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out TenantName tenant)
    {
        tenant = default;
        if (text is null || text.Length is 0 or > MaxLength || text[0] == '-')
            return false;

        foreach (var character in text)
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '-')
                return false;

        tenant = new TenantName(text);
        return true;
    }

    /// <summary>The name.</summary>
    /// <exception cref="InvalidOperationException">This is the default value.</exception>
    public override string ToString() => _value ?? throw new InvalidOperationException("No tenant was given.");
}
