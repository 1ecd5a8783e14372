using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Reading;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Http;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage.Access;
using Microsoft.AspNetCore.Http.Features;

namespace DrugResponse.Functions.Access.Keys;

/// <summary><c>POST v1/keys/{keyId}/rotate</c>: a new key in the place of an old one, which goes on working for a while.</summary>
internal static class RotateKey
{
    public static async Task<IResult> HandleAsync(
        string keyId, HttpRequest request, Caller caller, KeyIssuer issuer, AuditNote note, CancellationToken cancellationToken)
    {
        var (overlap, refusal) = await ReadOverlapAsync(request, cancellationToken);
        if (refusal is not null)
            return refusal;
        if (!ApiKeyId.TryParse(keyId, out var id))
            return ProblemResponses.NotFound();
        switch (await issuer.RotateAsync(caller.Tenant, id, overlap, cancellationToken))
        {
            case KeyRotation.Done(var key, var text):
                note.Resource = $"{id}, {key.Id}";
                return new JsonAnswer(
                    JsonSerializer.SerializeToUtf8Bytes(KeyAnswers.Reveal(key, text), ContractsJsonContext.Wire.CreatedApiKey),
                    StatusCodes.Status201Created);
            case KeyRotation.Replaced:
                return ProblemResponses.KeyReplaced();
            default:
                return ProblemResponses.NotFound();
        }
    }

    private static async Task<(TimeSpan? Overlap, ProblemResponse? Refusal)> ReadOverlapAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            return (null, null);

        using var body = await JsonBody.ReadAsync(request, cancellationToken);
        if (body.Problem is { } problem)
            return (null, problem);

        var faults = new FaultList();
        var rotation = ApiKeyRequestReader.ReadRotation(body.Root, faults);
        return faults.IsEmpty
            ? (rotation?.OverlapSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, null)
            : (null, ProblemResponses.InvalidContent(faults.ToErrors()));
    }
}
