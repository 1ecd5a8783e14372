namespace DrugResponse.Storage.Predictions;

/// <summary>A prediction as it is kept: the answer that was given, to the byte, and what it rests on.</summary>
/// <param name="Id">The prediction's name; it says whose and when.</param>
/// <param name="Content">The answer: UTF-8 JSON, at most 64 MiB.</param>
/// <param name="RequestHash">Hash of the request that was answered, to tell a repeated request from another one.</param>
/// <param name="KnowledgeVersion">Version of the pharmacogenomic tables that were used.</param>
/// <param name="ModelVersions">Names and versions of the models that were used, as one text of at most 32,768 characters.</param>
public sealed record StoredPrediction(
    PredictionId Id, ReadOnlyMemory<byte> Content, string RequestHash, string KnowledgeVersion, string ModelVersions)
{
    /// <summary>
    /// What candidate models said beside the answer, for a later comparison and no part of it: JSON, at most 64 KiB compressed; empty if
    /// there was no candidate.
    /// </summary>
    public ReadOnlyMemory<byte> ShadowScores { get; init; }

    /// <summary>What the caller said that the scoring is for; <see langword="null"/> if nothing.</summary>
    public string? Purpose { get; init; }

    /// <summary>The caller's reference to a consent, encrypted; empty if none was given.</summary>
    public ReadOnlyMemory<byte> SealedConsentReference { get; init; }

    /// <summary>The claim of the idempotency key that the request came with, to go when the prediction goes.</summary>
    public string? ClaimId { get; init; }

    /// <summary>Compares the content by its bytes.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(StoredPrediction? other) =>
        other is not null
        && Id == other.Id
        && RequestHash == other.RequestHash
        && KnowledgeVersion == other.KnowledgeVersion
        && ModelVersions == other.ModelVersions
        && Purpose == other.Purpose
        && ClaimId == other.ClaimId
        && SealedConsentReference.Span.SequenceEqual(other.SealedConsentReference.Span)
        && Content.Span.SequenceEqual(other.Content.Span)
        && ShadowScores.Span.SequenceEqual(other.ShadowScores.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, RequestHash);

    // Records print their properties; the content is about a patient.
    private bool PrintMembers(System.Text.StringBuilder text)
    {
        text.Append("Id = ").Append(Id);
        return true;
    }
}

/// <summary>Some of a patient's predictions, newest first.</summary>
/// <param name="Predictions">The predictions.</param>
/// <param name="Continuation">The last of them if there are more: the list goes on after it. Else <see langword="null"/>.</param>
public sealed record PredictionPage(IReadOnlyList<StoredPrediction> Predictions, PredictionId? Continuation);
