using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Http;
using DrugResponse.Storage.Batches;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Batches.Submission;

/// <summary><c>POST v1/batches/uploads</c>: an address for an input that is too large for one request.</summary>
internal static class CreateBatchUpload
{
    public static async Task<IResult> HandleAsync(
        BatchUploadStore uploads, Caller caller, IOptions<BatchSettings> settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = BatchId.Create(now);
        var expiresAt = now + settings.Value.UploadLifetime;
        var address = await uploads.CreateAddressAsync(caller.Tenant, id, expiresAt, cancellationToken);
        var upload = new BatchUpload(id.ToString(), address.AbsoluteUri, expiresAt, BatchLimits.MaxUploadBytes);
        return new JsonAnswer(
            JsonSerializer.SerializeToUtf8Bytes(upload, ContractsJsonContext.Wire.BatchUpload), StatusCodes.Status201Created);
    }
}
