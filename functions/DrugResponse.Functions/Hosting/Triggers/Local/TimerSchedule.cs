using System.Globalization;

namespace DrugResponse.Functions.Hosting.Triggers.Local;

/// <summary>When a timer trigger is due: by a cron expression, or at a fixed interval (<c>hh:mm:ss</c>). Immutable.</summary>
internal sealed class TimerSchedule
{
    private readonly CronSchedule? _cron;
    private readonly TimeSpan _interval;

    private TimerSchedule(CronSchedule? cron, TimeSpan interval)
    {
        _cron = cron;
        _interval = interval;
    }

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">As in function.json.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="FormatException">The text is neither form.</exception>
    public static TimerSchedule Parse(string text)
    {
        if (!text.Contains(':', StringComparison.Ordinal))
            return new TimerSchedule(CronSchedule.Parse(text), default);

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero
            ? new TimerSchedule(cron: null, interval)
            : throw new FormatException($"'{text}' is not an interval such as 00:05:00.");
    }

    /// <summary>The next occurrence.</summary>
    /// <param name="after">The present.</param>
    /// <returns>The first one after it, in UTC; null when there is none.</returns>
    public DateTimeOffset? Next(DateTimeOffset after) => _cron is null ? after + _interval : _cron.Next(after);
}
