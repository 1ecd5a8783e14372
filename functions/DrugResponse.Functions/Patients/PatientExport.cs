using System.Net.Mime;
using DrugResponse.Storage;
using DrugResponse.Storage.Patients;

namespace DrugResponse.Functions.Patients;

/// <summary>An export as an answer: written as it is read, since it may be long.</summary>
/// <param name="Tenant">Whose patient.</param>
/// <param name="PatientKey">The patient.</param>
/// <param name="Exporter">Writes it.</param>
internal sealed record PatientExport(TenantName Tenant, PatientKey PatientKey, PatientExporter Exporter) : IResult
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = $"{MediaTypeNames.Application.Json}; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = $"attachment; filename=\"{PatientKey}.json\"";
        return Exporter.WriteAsync(Tenant, PatientKey, response.BodyWriter, httpContext.RequestAborted);
    }
}
