using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Reading;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Problems;
using DrugResponse.Functions.Http;
using DrugResponse.Storage.Patients;

namespace DrugResponse.Functions.Predictions;

/// <summary><c>POST v1/patients/lookup</c>: the pseudonym of a patient, so that a raw id never stands in a URL.</summary>
internal static class FindPatient
{
    public static async Task<IResult> HandleAsync(
        HttpRequest request, PatientStore patients, Caller caller, AuditNote note, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(request, cancellationToken);
        if (body.Problem is { } problem)
            return problem;

        var faults = new FaultList();
        var lookup = PatientLookupReader.Read(body.Root, faults);
        if (lookup is null || !faults.IsEmpty)
            return ProblemResponses.InvalidContent(faults.ToErrors());

        var found = lookup.Create
            ? await patients.EnterAsync(caller.Tenant, lookup.Id, cancellationToken)
            : (await patients.FindAsync(caller.Tenant, lookup.Id, cancellationToken))?.Key;
        if (found is not { } patientKey)
            return ProblemResponses.NotFound();

        note.PatientKey = patientKey.ToString();
        var answer = new PatientLookupResponse(patientKey.ToString());
        return new JsonAnswer(
            JsonSerializer.SerializeToUtf8Bytes(answer, ContractsJsonContext.Wire.PatientLookupResponse), StatusCodes.Status200OK);
    }
}
