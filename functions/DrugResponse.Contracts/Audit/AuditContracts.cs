using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using DrugResponse.Contracts.Documentation;
using DrugResponse.Contracts.Reading;

namespace DrugResponse.Contracts.Audit;

/// <summary>The answer of <c>GET v1/audit</c>: a page of a day's entries, chain by chain and each chain in its order.</summary>
/// <param name="Day">The day in UTC, <c>yyyy-mm-dd</c>.</param>
/// <param name="Entries">The entries.</param>
/// <param name="After">Token for the next page (<c>?after=</c>); null on the last one.</param>
public sealed record AuditPage(string Day, IReadOnlyList<AuditRecord> Entries, string? After);

/// <summary>One access or decision.</summary>
public sealed record AuditRecord
{
    /// <summary>The chain that it stands in: tenant, day and writer.</summary>
    public required string Chain { get; init; }

    /// <summary>Its number in the chain.</summary>
    [Unit("rows of the chain, counted from 0")]
    [Range(0, UnitAttribute.Most)]
    public required long Row { get; init; }

    /// <summary>When.</summary>
    [JsonConverter(typeof(UtcInstantConverter))]
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// Who: <c>key:{id}</c>, <c>token:{subject}</c>, <c>command:{user of the machine}</c>, <c>queue</c>, or <c>system</c> for timers.
    /// </summary>
    public required string Who { get; init; }

    /// <summary>The roles that the credential gave; null for the service itself.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>What: the name of the function.</summary>
    public required string Action { get; init; }

    /// <summary>
    /// How it ended: the HTTP status code; or <c>begun</c> for what is noted before it is done, <c>done</c>, <c>refused</c>, <c>failed</c> for a
    /// command that broke off, <c>unfinished</c> for a removal that did; <c>scored</c> or <c>given up</c> for rows of a batch. New words may come.
    /// </summary>
    public required string Outcome { get; init; }

    /// <summary>The patient's key.</summary>
    public string? PatientKey { get; init; }

    /// <summary>Id of the prediction, batch, chunk, key or model that it was about.</summary>
    public string? Resource { get; init; }

    /// <summary>Keyed hash of the request.</summary>
    public string? RequestHash { get; init; }

    /// <summary>Names and versions of the models that were used.</summary>
    public string? Models { get; init; }

    /// <summary>Version of the pharmacogenomic tables that were used.</summary>
    public string? Knowledge { get; init; }

    /// <summary>What the caller said that the scoring is for.</summary>
    [Text(PredictionRequestReader.MaxPurposeLength)]
    public string? Purpose { get; init; }

    /// <summary>How many patients or rows it was about, where it was about several.</summary>
    [Unit("patients or rows")]
    [Range(0, UnitAttribute.Most)]
    public long? Count { get; init; }

    /// <summary>The same by kind, where there are several kinds of things: what retention removed, for example.</summary>
    [Unit("patients, rows or files")]
    [Range(0, UnitAttribute.Most)]
    public IReadOnlyDictionary<string, long>? Counts { get; init; }

    /// <summary>Id of the request, to find it in the logs.</summary>
    public string? TraceId { get; init; }
}

/// <summary>The answer of <c>GET v1/audit/verify</c>.</summary>
public sealed record AuditVerification
{
    /// <summary>The first day in UTC, <c>yyyy-mm-dd</c>.</summary>
    public required string From { get; init; }

    /// <summary>The last day.</summary>
    public required string To { get; init; }

    /// <summary>Whether nothing is wrong.</summary>
    public required bool Intact { get; init; }

    /// <summary>How many chains there are.</summary>
    [Unit("chains")]
    [Range(0, UnitAttribute.Most)]
    public required int Chains { get; init; }

    /// <summary>
    /// How many of them have no last row: they are being written, or their writer was killed. What was removed from the end of one since
    /// the last anchor cannot be told from what was never written.
    /// </summary>
    [Unit("chains")]
    [Range(0, UnitAttribute.Most)]
    public required int OpenChains { get; init; }

    /// <summary>How many rows were verified.</summary>
    [Unit("rows of the trail")]
    [Range(0, UnitAttribute.Most)]
    public required long Rows { get; init; }

    /// <summary>How many anchors they were held against.</summary>
    [Unit("anchors")]
    [Range(0, UnitAttribute.Most)]
    public required int Anchors { get; init; }

    /// <summary>Everything that is wrong, at most 1,000 faults.</summary>
    public required IReadOnlyList<AuditFinding> Faults { get; init; }
}

/// <summary>One thing that is wrong with an audit trail.</summary>
/// <param name="Kind"><c>altered</c>, <c>removed</c>, <c>inserted</c>, <c>anchor-altered</c> or <c>not-anchored</c>.</param>
/// <param name="Chain">The chain, or the anchor's blob.</param>
/// <param name="Row">The number of the row, or of the first of several; null when it is about a whole chain or an anchor.</param>
/// <param name="LastRow">The number of the last of several rows; null when it is about one.</param>
/// <param name="Message">In words.</param>
public sealed record AuditFinding(
    [property: AllowedValues("altered", "removed", "inserted", "anchor-altered", "not-anchored")] string Kind,
    string Chain,
    [property: Unit("rows of the chain, counted from 0"), Range(0, UnitAttribute.Most)] long? Row,
    [property: Unit("rows of the chain, counted from 0"), Range(0, UnitAttribute.Most)] long? LastRow,
    string Message);
