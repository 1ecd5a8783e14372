using System.Globalization;
using DrugResponse.Functions.Hosting.Triggers.Local;

namespace DrugResponse.Functions.Tests.Hosting.Triggers.Local;

public sealed class CronScheduleTests
{
    [Theory]
    // 21 November 2026 is a Saturday.
    [InlineData("* * * * * *", "2026-11-21T10:00:00Z", "2026-11-21T10:00:01Z")]
    [InlineData("0 */5 * * * *", "2026-11-21T10:00:00Z", "2026-11-21T10:05:00Z")]
    [InlineData("0 */5 * * * *", "2026-11-21T10:04:59Z", "2026-11-21T10:05:00Z")]
    [InlineData("*/5 * * * *", "2026-11-21T10:57:30Z", "2026-11-21T11:00:00Z")]
    [InlineData("30 15 3 * * *", "2026-11-21T03:15:30Z", "2026-11-22T03:15:30Z")]
    [InlineData("0 0 9-17/4 * * *", "2026-11-21T10:00:00Z", "2026-11-21T13:00:00Z")]
    [InlineData("0 0 9-17/4 * * *", "2026-11-21T17:00:00Z", "2026-11-22T09:00:00Z")]
    [InlineData("0 5/20 * * * *", "2026-11-21T10:26:00Z", "2026-11-21T10:45:00Z")]
    [InlineData("0 0 0,12 * * *", "2026-11-21T00:00:00Z", "2026-11-21T12:00:00Z")]
    [InlineData("0 0 8 * * MON-FRI", "2026-11-20T08:00:00Z", "2026-11-23T08:00:00Z")]
    [InlineData("0 0 8 * * 0", "2026-11-21T08:00:00Z", "2026-11-22T08:00:00Z")]
    [InlineData("0 0 8 * * sat,Sun", "2026-11-21T08:00:00Z", "2026-11-22T08:00:00Z")]
    [InlineData("0 0 0 1 * *", "2026-12-15T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("0 0 0 31 * *", "2026-11-21T00:00:00Z", "2026-12-31T00:00:00Z")]
    [InlineData("0 0 0 1 JAN,jul *", "2026-11-21T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("59 59 23 31 12 *", "2026-12-31T23:59:59Z", "2027-12-31T23:59:59Z")]
    [InlineData("0 0 0 29 2 *", "2026-11-21T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z")]
    // Both day fields must fit: the 13th that is a Friday.
    [InlineData("0 0 0 13 * FRI", "2026-11-21T00:00:00Z", "2027-08-13T00:00:00Z")]
    [InlineData("0 0 12 * * *", "2026-11-21T13:30:00+02:00", "2026-11-21T12:00:00Z")]
    public void Next_is_the_first_occurrence_after_a_point_in_time(string schedule, string after, string expected) =>
        Assert.Equal(Time(expected), CronSchedule.Parse(schedule).Next(Time(after)));

    [Fact]
    public void Next_is_later_than_a_point_between_two_seconds() =>
        Assert.Equal(Time("2026-11-21T10:00:01Z"), CronSchedule.Parse("* * * * * *").Next(Time("2026-11-21T10:00:00.9999999Z")));

    [Theory]
    [InlineData("0 0 0 31 2 *")]
    [InlineData("0 0 0 31 4,6,9,11 *")]
    public void Next_is_null_when_there_is_no_such_day(string schedule) =>
        Assert.Null(CronSchedule.Parse(schedule).Next(Time("2026-11-21T00:00:00Z")));

    [Theory]
    [InlineData("", "0 fields")]
    [InlineData("* * * *", "4 fields")]
    [InlineData("* * * * * * *", "7 fields")]
    [InlineData("60 * * * * *", "second")]
    [InlineData("0 60 * * * *", "minute")]
    [InlineData("0 0 24 * * *", "hour")]
    [InlineData("0 0 0 0 * *", "day")]
    [InlineData("0 0 0 32 * *", "day")]
    [InlineData("0 0 0 1 13 *", "month")]
    [InlineData("0 0 0 1 FEV *", "month")]
    [InlineData("0 0 0 * * 7", "day of week")]
    [InlineData("0 0 0 * * FRI-MON", "day of week")]
    [InlineData("0 */0 * * * *", "minute")]
    [InlineData("0 5- * * * *", "minute")]
    [InlineData("0 -5 * * * *", "minute")]
    [InlineData("0 1,,2 * * * *", "minute")]
    [InlineData("0 1/2/3 * * * *", "minute")]
    [InlineData("0 +5 * * * *", "minute")]
    public void Parse_names_the_field_that_is_wrong(string schedule, string field) =>
        Assert.Contains(field, Assert.Throws<FormatException>(() => CronSchedule.Parse(schedule)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_takes_a_step_beyond_the_field_for_its_first_value_alone() =>
        Assert.Equal(Time("2026-11-21T11:00:00Z"), CronSchedule.Parse("0 */2147483647 * * * *").Next(Time("2026-11-21T10:00:00Z")));

    [Fact]
    public void Interval_counts_from_the_present() =>
        Assert.Equal(Time("2026-11-21T10:05:07Z"), TimerSchedule.Parse("00:05:00").Next(Time("2026-11-21T10:00:07Z")));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
