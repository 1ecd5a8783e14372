using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Reading;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Http;
using DrugResponse.Functions.Problems;

namespace DrugResponse.Functions.Access.Keys;

/// <summary><c>POST v1/keys</c>: a new key for the caller's tenant, shown this once.</summary>
internal static class CreateKey
{
    public static async Task<IResult> HandleAsync(
        HttpRequest request, Caller caller, KeyIssuer issuer, AuditNote note, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(request, cancellationToken);
        if (body.Problem is { } problem)
            return problem;

        var faults = new FaultList();
        var wanted = ApiKeyRequestReader.Read(body.Root, clock.GetUtcNow(), faults);
        if (wanted is null || !faults.IsEmpty)
            return ProblemResponses.InvalidContent(faults.ToErrors());

        var (key, text) = await issuer.CreateAsync(caller.Tenant, wanted, cancellationToken);
        note.Resource = key.Id.ToString();
        return new JsonAnswer(
            JsonSerializer.SerializeToUtf8Bytes(KeyAnswers.Reveal(key, text), ContractsJsonContext.Wire.CreatedApiKey),
            StatusCodes.Status201Created);
    }
}
