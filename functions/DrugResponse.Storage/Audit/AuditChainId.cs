using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace DrugResponse.Storage.Audit;

/// <summary>Names a chain of audit rows: one tenant, one day, one writer. Whatever opens a chain takes a new name as its
/// writer, so no two chains are ever one.</summary>
/// <param name="Tenant">Whose audit trail.</param>
/// <param name="Day">The day in UTC.</param>
/// <param name="Writer">The writer: 16 lower-case hexadecimal digits.</param>
public readonly record struct AuditChainId(TenantName Tenant, DateOnly Day, string Writer)
{
    /// <summary>Length of a writer's text.</summary>
    public const int WriterLength = 16;

    private const string DayFormat = "yyyyMMdd";

    /// <summary>
    /// The partition key: <c>{tenant}~{yyyymmdd}~{writer}</c>. It is part of what each row's hash is taken over: never change the format.
    /// No part holds a tilde.
    /// </summary>
    public override string ToString() => $"{DayPrefixOf(Tenant, Day)}{Writer}";

    /// <summary>Names a new writer.</summary>
    public static string NewWriter() => RandomNumberGenerator.GetHexString(WriterLength, lowercase: true);

    /// <summary>Reads a chain's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The chain.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out AuditChainId id)
    {
        id = default;
        if (text?.Split('~') is not [var tenantText, var dayText, var writer]
            || !TenantName.TryParse(tenantText, out var tenant)
            || !TryParseDay(dayText, out var day)
            || !IsWriter(writer))
            return false;

        id = new AuditChainId(tenant, day, writer);
        return true;
    }

    /// <summary>Whether a text can name a writer.</summary>
    /// <param name="text">The text.</param>
    public static bool IsWriter([NotNullWhen(true)] string? text) =>
        text is { Length: WriterLength } && text.All(char.IsAsciiHexDigitLower);

    internal static string DayText(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    internal static bool TryParseDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>What the partition keys of a tenant's day begin with.</summary>
    internal static string DayPrefixOf(TenantName tenant, DateOnly day) => $"{tenant}~{DayText(day)}~";
}
