using System.ComponentModel.DataAnnotations;

namespace DrugResponse.Functions.Batches.Retention;

/// <summary>How long what is kept, section <c>DrugResponse:Batches:Retention</c>. Ages count from the end of a batch.</summary>
internal sealed class RetentionSettings
{
    /// <summary>The configuration section.</summary>
    public const string Section = $"{BatchSettings.Section}:Retention";

    private const string Shortest = "01:00:00";
    private const string Longest = "3650.00:00:00";

    /// <summary>
    /// Inputs, 1 hour to 10 years. Default 1 hour: an input serves nothing once its batch has ended. What became no batch is kept for the same
    /// time from its beginning, but at least until a day after its upload address has stopped working, and at most 8 days.
    /// </summary>
    [Range(typeof(TimeSpan), Shortest, Longest, ErrorMessage = $"{Section}:{nameof(Inputs)} must be from {Shortest} to {Longest}.")]
    public TimeSpan Inputs { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Results, errors and summaries, and with them the batch itself, 1 hour to 10 years. Default 365 days.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest, ErrorMessage = $"{Section}:{nameof(Results)} must be from {Shortest} to {Longest}.")]
    public TimeSpan Results { get; set; } = TimeSpan.FromDays(365);
}
