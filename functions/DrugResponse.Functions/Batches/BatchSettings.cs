using System.ComponentModel.DataAnnotations;

namespace DrugResponse.Functions.Batches;

/// <summary>How batches are carried out, section <c>DrugResponse:Batches</c>.</summary>
internal sealed class BatchSettings : IValidatableObject
{
    /// <summary>
    /// Most chunks of a batch, but for those that are ended by their bytes. Their list is one sealed content, and how far a batch is, is the
    /// sum over a row for each.
    /// </summary>
    private const int MaxChunks = 100_000;

    /// <summary>The configuration section.</summary>
    public const string Section = "DrugResponse:Batches";

    /// <summary>
    /// Rows of a chunk, 1 to 10,000. Default 1,000: a chunk costs six storage requests beside those for its rows, which is then next to nothing
    /// (decision 0010 has the measurements), and is done in a second or two.
    /// </summary>
    [Range(1, 10_000, ErrorMessage = $"{Section}:{nameof(ChunkRows)} must be from 1 to 10000.")]
    public int ChunkRows { get; set; } = 1000;

    /// <summary>Most rows of a batch, 1 to 10,000,000, and at most 100,000 times <see cref="ChunkRows"/>. Default 1,000,000.</summary>
    [Range(1, 10_000_000, ErrorMessage = $"{Section}:{nameof(MaxRows)} must be from 1 to 10000000.")]
    public int MaxRows { get; set; } = 1_000_000;

    /// <summary>
    /// When no chunk was done for this long, those that are missing are handed out again, 1 s to 1 day. Default 15 minutes: a message whose
    /// handler was killed comes back by itself after 10. Doing a chunk twice changes nothing.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = $"{Section}:{nameof(StallTimeout)} must be from 00:00:01 to 1.00:00:00.")]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long an upload address works, 1 minute to 7 days. Default 4 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00", ErrorMessage = $"{Section}:{nameof(UploadLifetime)} must be from 00:01:00 to 7.00:00:00.")]
    public TimeSpan UploadLifetime { get; set; } = TimeSpan.FromHours(4);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxRows > (long)MaxChunks * ChunkRows)
            yield return new ValidationResult($"{Section}:{nameof(MaxRows)} must be at most {MaxChunks} times {Section}:{nameof(ChunkRows)}.");
    }
}
