using DrugResponse.Storage.Batches;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Batches.Retention;

/// <summary>Says what of batches is too old to be kept. Thread-safe.</summary>
internal sealed class RetentionAges(IOptions<RetentionSettings> settings, IOptions<BatchSettings> batches, TimeProvider clock)
{
    /// <summary>Storage itself forgets blocks that were not committed after a week.</summary>
    private static readonly TimeSpan LongestOrphan = TimeSpan.FromDays(8);

    /// <summary>For so long an upload waits for its submission when its address has stopped working.</summary>
    private static readonly TimeSpan SubmissionGrace = TimeSpan.FromDays(1);

    /// <summary>What was begun before this instant and belongs to no batch is left over.</summary>
    public DateTimeOffset OrphansBefore =>
        clock.GetUtcNow() - OrphanAge(settings.Value.Inputs, batches.Value.UploadLifetime + SubmissionGrace);

    /// <summary>Whether a batch is to go with all that it has.</summary>
    public bool AreResultsOver(BatchRecord batch) => HasEnded(batch, settings.Value.Results);

    /// <summary>Whether the input of a batch is to go.</summary>
    public bool IsInputOver(BatchRecord batch) => HasEnded(batch, settings.Value.Inputs);

    private static TimeSpan OrphanAge(TimeSpan inputs, TimeSpan submission)
    {
        var age = inputs > submission ? inputs : submission;
        return age < LongestOrphan ? age : LongestOrphan;
    }

    private bool HasEnded(BatchRecord batch, TimeSpan before) => batch.IsFinal && clock.GetUtcNow() - batch.FinishedAt > before;
}
