using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Access;
using DrugResponse.Functions.Http;
using DrugResponse.Storage.Access;

namespace DrugResponse.Functions.Access.Keys;

/// <summary><c>GET v1/keys</c>: all keys of the caller's tenant, without their secrets.</summary>
internal static class ListKeys
{
    public static async Task<IResult> HandleAsync(Caller caller, ApiKeyStore store, CancellationToken cancellationToken)
    {
        var keys = await store.ListAsync(caller.Tenant, cancellationToken);
        return new JsonAnswer(
            JsonSerializer.SerializeToUtf8Bytes(
                new ApiKeyList([.. keys.Select(KeyAnswers.Summarise)]), ContractsJsonContext.Wire.ApiKeyList),
            StatusCodes.Status200OK);
    }
}
