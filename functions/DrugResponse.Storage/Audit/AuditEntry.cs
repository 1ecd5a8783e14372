using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DrugResponse.Storage.Audit;

/// <summary>
/// One access or decision: who did what to whom, on what grounds, and how it ended. <b>Never patient data</b>: a patient is named by its
/// key, a request by its keyed hash.
/// </summary>
public sealed record AuditEntry
{
    /// <summary>When, in UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// Who: <c>key:{id}</c>, <c>token:{subject}</c>, <c>command:{user of the machine}</c>, <c>queue</c>, or <c>system</c> for timers.
    /// </summary>
    public required string Who { get; init; }

    /// <summary>The roles that the credential gave; absent for the service itself.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>What: the name of the function, such as <c>PredictPatient</c>.</summary>
    public required string Action { get; init; }

    /// <summary>How it ended: the HTTP status code, or a word such as <c>begun</c> for what is noted before it is done.</summary>
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
    public string? Purpose { get; init; }

    /// <summary>How many patients or rows it was about, where it was about several.</summary>
    public long? Count { get; init; }

    /// <summary>The same by kind, where there are several kinds of things.</summary>
    public IReadOnlyDictionary<string, long>? Counts { get; init; }

    /// <summary>Id of the HTTP request or the invocation, to find it in the logs.</summary>
    public string? TraceId { get; init; }

    /// <summary>Reads an entry as it is kept.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="entry">The entry.</param>
    /// <returns>Whether it is one; a row that somebody else wrote may not be.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out AuditEntry? entry)
    {
        entry = null;
        try
        {
            entry = JsonSerializer.Deserialize(json, AuditJson.Default.AuditEntry);
        }
        catch (JsonException)
        {
            // Verification says what is wrong with it.
        }

        return entry is not null;
    }

    /// <summary>The entry as it is kept: UTF-8 JSON.</summary>
    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, AuditJson.Default.AuditEntry);
}

/// <summary>How audit records are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(AuditOpening))]
[JsonSerializable(typeof(AuditClosing))]
[JsonSerializable(typeof(AuditAnchor))]
internal sealed partial class AuditJson : JsonSerializerContext;
