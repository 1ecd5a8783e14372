using System.Runtime.InteropServices;
using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Batches.Results;
using DrugResponse.Functions.Http;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Patients;

namespace DrugResponse.Functions.Predictions;

/// <summary>Answers with the prediction of a batch's row, and notes what it was about. Thread-safe.</summary>
internal sealed class BatchRowPredictions(BatchResultStore results, PatientRegister register)
{
    /// <summary>Reads the prediction of a row.</summary>
    /// <param name="tenant">Whose batch.</param>
    /// <param name="id">The row.</param>
    /// <param name="note">Takes the patient, if entered, and what the prediction rests on.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IResult> ReadAsync(TenantName tenant, BatchRowId id, AuditNote note, CancellationToken cancellationToken)
    {
        if (await results.GetAsync(tenant, id, cancellationToken) is not { Kind: BatchResultKind.Result } row)
            return ProblemResponses.NotFound();

        note.Resource = id.ToString();
        note.PatientKey = (await register.FindKeyAsync(tenant, row.Pseudonyms, cancellationToken))?.ToString();
        if (row.IsDamaged)
            throw new DamagedRowException(row.Line);

        // It is kept as the line that it is in the batch's results.
        using var line = JsonDocument.Parse(row.Content);
        var content = line.RootElement.GetProperty("prediction");
        note.IsAbout(content.Deserialize(ContractsJsonContext.Wire.PredictionResponse)!);
        return new JsonAnswer(JsonMarshal.GetRawUtf8Value(content).ToArray(), StatusCodes.Status200OK);
    }
}
