using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using DrugResponse.Storage.Predictions;

namespace DrugResponse.Storage.Queues;

/// <summary>
/// What the application itself puts on <c>prediction-requests</c>: no patient data, only where the encrypted request lies.
/// <c>{ "v": 1, "tenant": …, "requestId": …, "blob": …, "claim": …, "traceparent": … }</c>
/// </summary>
/// <param name="Version">The form, 1. The first member; no request body has one of its name.</param>
/// <param name="Tenant">Whose request.</param>
/// <param name="RequestId">The id of the prediction that is to come of it.</param>
/// <param name="Blob">Name of the blob with the request.</param>
/// <param name="Claim">The claim of the idempotency key that the request came with.</param>
/// <param name="TraceParent">The span that sent the message, in W3C form; null when there was none.</param>
internal sealed record QueuedRequestMessage(
    [property: JsonPropertyName("v")] int Version,
    string Tenant,
    string RequestId,
    string Blob,
    string? Claim = null,
    [property: JsonPropertyName("traceparent")] string? TraceParent = null);

/// <summary>A request that lies encrypted until it is scored.</summary>
/// <param name="Tenant">Whose request.</param>
/// <param name="Id">The id of the prediction that is to come of it.</param>
/// <param name="ClaimId">The claim of the idempotency key that the request came with.</param>
public sealed record QueuedRequest(TenantName Tenant, PredictionId Id, string? ClaimId = null)
{
    private const int Version = 1;

    /// <summary>Name of the blob.</summary>
    internal string Blob => $"{Tenant}/{Id}";

    /// <summary>Reads a message.</summary>
    /// <param name="message">The message's bytes.</param>
    /// <param name="request">The request.</param>
    /// <returns>Whether it is one of the application's own messages; else it is a bare request body, or nothing at all.</returns>
    public static bool TryParse(ReadOnlySpan<byte> message, [NotNullWhen(true)] out QueuedRequest? request)
    {
        request = null;
        try
        {
            if (JsonSerializer.Deserialize(message, QueuedRequestJson.Default.QueuedRequestMessage) is { Version: Version } read
                && TenantName.TryParse(read.Tenant, out var tenant)
                && PredictionId.TryParse(read.RequestId, out var id))
                request = new QueuedRequest(tenant, id, read.Claim);
        }
        catch (JsonException)
        {
            // Not ours.
        }

        return request is not null;
    }

    internal byte[] ToMessage() => JsonSerializer.SerializeToUtf8Bytes(
        new(Version, Tenant.ToString(), Id.ToString(), Blob, ClaimId, MessageTrace.Current), QueuedRequestJson.Default.QueuedRequestMessage);
}

/// <summary>How messages are written. Unknown members are ignored when reading.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(QueuedRequestMessage))]
internal sealed partial class QueuedRequestJson : JsonSerializerContext;
