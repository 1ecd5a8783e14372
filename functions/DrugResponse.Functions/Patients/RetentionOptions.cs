using System.ComponentModel.DataAnnotations;

namespace DrugResponse.Functions.Patients;

/// <summary>For how long things are kept, section <c>DrugResponse:Retention</c>. What is older is removed once a day, for all
/// tenants.</summary>
internal sealed class RetentionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "DrugResponse:Retention";

    private const string Shortest = "1.00:00:00";
    private const string Longest = "36500.00:00:00";

    /// <summary>Predictions, 1 day and up. Not set: until they are erased.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest, ErrorMessage = $"{Section}:{nameof(Predictions)} must be at least {Shortest}.")]
    public TimeSpan? Predictions { get; set; }

    /// <summary>Idempotency keys, 1 day and up. Default 7 days: a request that is sent again after that is a new one.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest, ErrorMessage = $"{Section}:{nameof(IdempotencyKeys)} must be at least {Shortest}.")]
    public TimeSpan IdempotencyKeys { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Records of failed queue messages, 1 day and up. Default 30 days.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest, ErrorMessage = $"{Section}:{nameof(QueueFailures)} must be at least {Shortest}.")]
    public TimeSpan QueueFailures { get; set; } = TimeSpan.FromDays(30);
}
