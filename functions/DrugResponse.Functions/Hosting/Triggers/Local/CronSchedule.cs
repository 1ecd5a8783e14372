namespace DrugResponse.Functions.Hosting.Triggers.Local;

/// <summary>
/// A cron expression as timer triggers of Azure Functions have them: <c>{second} {minute} {hour} {day} {month} {day of week}</c>,
/// or the same without the seconds. Immutable.
/// </summary>
/// <remarks>
/// A field is <c>*</c>, a value, a range <c>a-b</c>, either with a step <c>/n</c>, or a list of these. Months and weekdays have
/// English names of three letters (<c>JAN</c>, <c>SUN</c>) in any case; Sunday is 0. A day must fit both day fields. Times are UTC.
/// </remarks>
internal sealed class CronSchedule
{
    // 29 February on a given weekday is at most 40 years away (over a century without a leap day).
    private const int YearsToSearch = 41;

    private readonly CronField _seconds;
    private readonly CronField _minutes;
    private readonly CronField _hours;
    private readonly CronField _days;
    private readonly CronField _months;
    private readonly CronField _weekdays;

    private CronSchedule(string seconds, ReadOnlySpan<string> others)
    {
        _seconds = CronField.Parse(seconds, "second", 0, 59);
        _minutes = CronField.Parse(others[0], "minute", 0, 59);
        _hours = CronField.Parse(others[1], "hour", 0, 23);
        _days = CronField.Parse(others[2], "day", 1, 31);
        _months = CronField.Parse(
            others[3], "month", 1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
        _weekdays = CronField.Parse(others[4], "day of week", 0, 6, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">Five or six fields, separated by white space.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="FormatException">The text is no such expression; the message says which field is wrong.</exception>
    public static CronSchedule Parse(string text)
    {
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

        return fields.Length switch
        {
            5 => new CronSchedule("0", fields),
            6 => new CronSchedule(fields[0], fields.AsSpan(1)),
            _ => throw new FormatException($"The schedule '{text}' has {fields.Length} fields, not five or six."),
        };
    }

    /// <summary>The next occurrence.</summary>
    /// <param name="after">A point in time.</param>
    /// <returns>The first one later than that, in UTC on a full second; null when there is none, as for 31 February.</returns>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var utc = after.UtcDateTime;
        var time = new DateTime(utc.Ticks - utc.Ticks % TimeSpan.TicksPerSecond, DateTimeKind.Utc).AddSeconds(1);

        for (var end = time.Year + YearsToSearch; time.Year < end;)
        {
            if (!_months.Has(time.Month))
                time = time.Date.AddDays(1 - time.Day).AddMonths(1);
            else if (!_days.Has(time.Day) || !_weekdays.Has((int)time.DayOfWeek))
                time = time.Date.AddDays(1);
            else if (!_hours.Has(time.Hour))
                time = time.Date.AddHours(time.Hour + 1);
            else if (!_minutes.Has(time.Minute))
                time = time.AddSeconds(-time.Second).AddMinutes(1);
            else if (!_seconds.Has(time.Second))
                time = time.AddSeconds(1);
            else
                return new DateTimeOffset(time);
        }

        return null;
    }
}
