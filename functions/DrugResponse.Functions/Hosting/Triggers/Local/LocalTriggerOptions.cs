using System.ComponentModel.DataAnnotations;

namespace DrugResponse.Functions.Hosting.Triggers.Local;

/// <summary>
/// Settings of the local trigger listener, section <c>DrugResponse:Triggers</c>. What the Functions host lets one set in
/// host.json is read from there instead.
/// </summary>
internal sealed class LocalTriggerOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "DrugResponse:Triggers";

    /// <summary>Whether a standalone process listens to queues and the clock. Default true; one that only serves HTTP says false.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// How long a message that was taken stays hidden from others unless that is renewed, 1 second to 7 days. The Functions
    /// host has 10 minutes, which is the default; a crash delays the messages in work by as much.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "7.00:00:00",
        ErrorMessage = $"{Section}:{nameof(MessageInvisibility)} must be from 00:00:01 to 7.00:00:00.")]
    public TimeSpan MessageInvisibility { get; set; } = TimeSpan.FromMinutes(10);
}
