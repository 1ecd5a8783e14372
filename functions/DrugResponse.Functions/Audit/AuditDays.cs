using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DrugResponse.Functions.Problems;

namespace DrugResponse.Functions.Audit;

/// <summary>Reads days from a query: <c>yyyy-mm-dd</c>, in UTC.</summary>
internal static class AuditDays
{
    /// <summary>The most days that are verified in one request.</summary>
    public const int MostAtOnce = 31;

    private const string Format = "yyyy-MM-dd";

    /// <summary>Writes a day.</summary>
    public static string Text(DateOnly day) => day.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Reads a day.</summary>
    public static bool TryRead([NotNullWhen(true)] string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>Reads the first and the last day; both are today when neither is given, and the same when one is.</summary>
    /// <param name="from">The first day as given.</param>
    /// <param name="to">The last day as given.</param>
    /// <param name="today">Today.</param>
    /// <param name="days">The days.</param>
    /// <param name="problem">Why they cannot be read.</param>
    public static bool TryReadRange(
        string? from, string? to, DateOnly today, out (DateOnly From, DateOnly To) days, [NotNullWhen(false)] out ProblemResponse? problem)
    {
        days = (today, today);
        problem = null;
        var (first, last) = (from ?? to ?? Text(today), to ?? from ?? Text(today));
        if (!TryRead(first, out var firstDay) || !TryRead(last, out var lastDay))
            problem = ProblemResponses.BadRequest($"from and to must be days: {Format}.");
        else if (lastDay < firstDay || lastDay.DayNumber - firstDay.DayNumber >= MostAtOnce)
            problem = ProblemResponses.BadRequest($"to must not lie before from, and at most {MostAtOnce} days may be asked for.");
        else
            days = (firstDay, lastDay);
        return problem is null;
    }
}
