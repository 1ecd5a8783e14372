using System.Text.Json.Serialization;

namespace DrugResponse.Prediction.Models;

/// <summary>
/// The list of models (<c>registry.json</c>): which drugs and endpoints there are, which version of each is in use, and the
/// hashes that every file must have. Paths are relative to the registry, with forward slashes.
/// </summary>
public sealed record ModelRegistry
{
    /// <summary>The only format version there is.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Version of this file's shape; <see cref="CurrentFormatVersion"/>.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>
    /// Grows with every signed registry, so that a service notices when an older one is put back; 1 or more. Null in registries that were
    /// never signed by a command, or before there were revisions.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Revision { get; init; }

    /// <summary>Every endpoint of every drug, ordered by drug and endpoint.</summary>
    public required IReadOnlyList<RegisteredEndpoint> Endpoints { get; init; }

    /// <summary>
    /// The same with the revision that is to follow another registry's. It is the second in which it is made, so that it is higher than any
    /// before even where that registry was lost or an older one put back; or one more, where that is higher still.
    /// </summary>
    /// <param name="before">The registry that it takes the place of; null for none.</param>
    /// <param name="now">The instant in which it is made.</param>
    public ModelRegistry Following(ModelRegistry? before, DateTimeOffset now) =>
        this with { Revision = Math.Max((before?.Revision ?? 0) + 1, now.ToUnixTimeSeconds()) };
}

/// <summary>One endpoint of one drug and the versions of its model.</summary>
public sealed record RegisteredEndpoint
{
    /// <summary>Drug, canonical lower-case ingredient name.</summary>
    public required string Drug { get; init; }

    /// <summary>Endpoint, a stable kebab-case key.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Whether the endpoint is a response, an adverse event or a dose.</summary>
    public required EndpointKind Kind { get; init; }

    /// <summary>
    /// Whether this is the endpoint that stands for its kind where a drug has several of it: the <c>response</c> of an answer is
    /// the primary one. Exactly one endpoint per drug and kind is.
    /// </summary>
    public required bool Primary { get; init; }

    /// <summary>The version in use; one of <see cref="Versions"/>.</summary>
    public required string ActiveVersion { get; init; }

    /// <summary>The version that was in use before, to which a rollback returns; null when there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PreviousVersion { get; init; }

    /// <summary>A version that is scored beside the active one, stored and not answered; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CandidateVersion { get; init; }

    /// <summary>All versions that can be served, oldest first.</summary>
    public required IReadOnlyList<RegisteredVersion> Versions { get; init; }
}

/// <summary>The files of one version of a model.</summary>
public sealed record RegisteredVersion
{
    /// <summary>Semantic version.</summary>
    public required string Version { get; init; }

    /// <summary>Path of the ML.NET archive.</summary>
    public required string Model { get; init; }

    /// <summary>SHA-256 of the archive, 64 lower-case hex digits.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>Path of the model card.</summary>
    public required string Card { get; init; }

    /// <summary>SHA-256 of the card, 64 lower-case hex digits.</summary>
    public required string CardSha256 { get; init; }

    /// <summary>The archives that give the interval; null when the card's strata do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RegisteredSpread? Spread { get; init; }

    /// <summary>Whether another version consists of the same bytes, wherever they lie.</summary>
    /// <param name="other">The other version.</param>
    public bool HasSameContentAs(RegisteredVersion other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ListFiles().Select(static file => file.Sha256).SequenceEqual(other.ListFiles().Select(static file => file.Sha256));
    }

    /// <summary>All files of the version: the archive, the card, and those of the spread where there is one.</summary>
    public IReadOnlyList<RegisteredFile> ListFiles() =>
    [
        new(Model, ModelSha256),
        new(Card, CardSha256),
        .. Spread is null ? [] : new RegisteredFile[] { new(Spread.Lower, Spread.LowerSha256), new(Spread.Upper, Spread.UpperSha256) },
    ];
}

/// <summary>A file that a registry names.</summary>
/// <param name="Path">Path relative to the registry.</param>
/// <param name="Sha256">The SHA-256 that it must have, 64 lower-case hex digits.</param>
public sealed record RegisteredFile(string Path, string Sha256);

/// <summary>
/// Two regression archives that predict how far the interval reaches below and above the model's log-odds: each gives the square of
/// that distance. Their inputs are features of the catalogue, like the model's own.
/// </summary>
public sealed record RegisteredSpread
{
    /// <summary>Path of the archive for the distance below.</summary>
    public required string Lower { get; init; }

    /// <summary>Its SHA-256, 64 lower-case hex digits.</summary>
    public required string LowerSha256 { get; init; }

    /// <summary>Path of the archive for the distance above.</summary>
    public required string Upper { get; init; }

    /// <summary>Its SHA-256, 64 lower-case hex digits.</summary>
    public required string UpperSha256 { get; init; }
}
