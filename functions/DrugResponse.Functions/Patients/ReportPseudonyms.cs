using System.Globalization;
using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Patients;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Http;
using DrugResponse.Storage.Patients;

namespace DrugResponse.Functions.Patients;

/// <summary><c>GET v1/pseudonyms</c>: how many patients still hang on an older version of the pseudonym key.</summary>
internal static class ReportPseudonyms
{
    public static async Task<IResult> HandleAsync(Caller caller, PseudonymRotation rotation, CancellationToken cancellationToken)
    {
        var report = await rotation.ReportAsync(caller.Tenant, cancellationToken);
        var answer = new PseudonymKeyReport(
            report.CurrentVersion,
            report.Patients,
            report.OnlyOnOthers.ToDictionary(static pair => pair.Key.ToString(CultureInfo.InvariantCulture), static pair => pair.Value));
        return new JsonAnswer(
            JsonSerializer.SerializeToUtf8Bytes(answer, ContractsJsonContext.Wire.PseudonymKeyReport), StatusCodes.Status200OK);
    }
}
