using DrugResponse.Functions.Access;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage.Patients;

namespace DrugResponse.Functions.Patients;

/// <summary><c>GET v1/patients/{patientKey}/export</c>: everything that is held of a patient, as JSON.</summary>
internal static class ExportPatient
{
    public static async Task<IResult> HandleAsync(
        string patientKey, Caller caller, PatientHoldings holdings, PatientExporter exporter, CancellationToken cancellationToken) =>
        PatientKey.TryParse(patientKey, out var key) && await holdings.AreAnyAsync(caller.Tenant, key, cancellationToken)
            ? new PatientExport(caller.Tenant, key, exporter)
            : ProblemResponses.NotFound();
}
