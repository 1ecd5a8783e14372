using DrugResponse.Contracts.Access;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Storage.Patients;

namespace DrugResponse.Functions.Patients;

/// <summary>Registers and maps the capability: what patients can ask for, and for how long anything is kept of them.</summary>
internal static class PatientsRegistration
{
    /// <summary>Adds the services.</summary>
    /// <param name="services">The services.</param>
    public static void AddPatients(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PatientRegister>();
        services.AddSingleton<PseudonymRotation>();
        services.AddSingleton<ErasureStore>();
        services.AddSingleton<ConsentReferences>();
        services.AddSingleton<PatientHoldings>();
        services.AddSingleton<ConsentRecorder>();
        services.AddSingleton<PatientEraser>();
        services.AddSingleton<PatientRecords>();
        services.AddSingleton<PatientExporter>();
        services.AddSingleton<ContinueErasures>();
        services.AddSingleton<PredictionRetention>();
        services.AddSingleton<ApplyRetention>();
    }

    /// <summary>Maps the HTTP routes.</summary>
    /// <param name="api">The group of HTTP routes.</param>
    public static void MapPatients(this IEndpointRouteBuilder api)
    {
        api.MapGet("v1/patients/{patientKey}/export", ExportPatient.HandleAsync)
            .WithFunction("ExportPatient")
            .ForRoles(CallerRoles.Pharmacy, CallerRoles.Admin)
            .AuditFirst();
        api.MapDelete("v1/patients/{patientKey}", ErasePatient.HandleAsync)
            .WithFunction("ErasePatient")
            .ForRoles(CallerRoles.Admin)
            .AuditFirst();
        api.MapGet("v1/patients/{patientKey}/erasure", ErasePatient.GetErasureAsync)
            .WithFunction("GetErasure")
            .ForRoles(CallerRoles.Pharmacy, CallerRoles.Admin);
        api.MapGet("v1/patients/{patientKey}/consent", PatientConsents.GetAsync)
            .WithFunction("GetConsent")
            .ForRoles(CallerRoles.Pharmacy, CallerRoles.Admin);
        api.MapPut("v1/patients/{patientKey}/consent", PatientConsents.PutAsync)
            .WithFunction("PutConsent")
            .ForRoles(CallerRoles.Pharmacy, CallerRoles.Admin)
            .AuditFirst();
        api.MapGet("v1/pseudonyms", ReportPseudonyms.HandleAsync).WithFunction("ReportPseudonyms").ForRoles(CallerRoles.Admin);
    }

    /// <summary>Maps the timer functions.</summary>
    /// <param name="app">The application.</param>
    public static void MapPatientTriggers(this IEndpointRouteBuilder app)
    {
        app.MapTimerFunction<ContinueErasures>(
            ContinueErasures.FunctionName, static (function, _, cancellationToken) => function.HandleAsync(cancellationToken));
        app.MapTimerFunction<ApplyRetention>(
            ApplyRetention.FunctionName, static (function, _, cancellationToken) => function.HandleAsync(cancellationToken));
    }
}
