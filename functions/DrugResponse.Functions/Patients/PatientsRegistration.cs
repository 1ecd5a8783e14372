using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Patients;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Functions.OpenApi;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage.Patients;

namespace DrugResponse.Functions.Patients;

/// <summary>Registers and maps the capability: what patients can ask for, and for how long anything is kept of them.</summary>
internal static class PatientsRegistration
{
    private const string Tag = "Patients";

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
        MapRights(api);
        MapConsent(api);
        api.MapGet("v1/pseudonyms", ReportPseudonyms.HandleAsync)
            .WithFunction("ReportPseudonyms")
            .ForRoles(CallerRoles.Admin)
            .Describe(
                Tag,
                "Says how far a rotation of the pseudonym key is",
                "An old version of the key may be retired once no patient is entered under it alone. Rows of batches count too: `pseudonyms report`.")
            .Answers<PseudonymKeyReport>(StatusCodes.Status200OK, "The report.");
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

    private static void MapRights(IEndpointRouteBuilder api)
    {
        api.MapGet("v1/patients/{patientKey}/export", ExportPatient.HandleAsync)
            .WithFunction("ExportPatient")
            .ForRoles(CallerRoles.Pharmacy, CallerRoles.Admin)
            .AuditFirst()
            .Describe(Tag, "Exports a patient", "What is held of the patient, whole and as it is stored, for the patient to have. It may be long. `notIncluded` says what is not in it and until when that is kept: inputs of batches.")
            .WithParameter(CommonParameters.PatientKey)
            .Answers<ExportedPatient>(StatusCodes.Status200OK, "What is held.")
            .Refuses(static () => [ProblemResponses.NotFound()]);
        api.MapDelete("v1/patients/{patientKey}", ErasePatient.HandleAsync)
            .WithFunction("ErasePatient")
            .ForRoles(CallerRoles.Admin)
            .AuditFirst()
            .Describe(
                Tag,
                "Erases a patient",
                "For good: predictions and what leads to the patient at once, rows of batches within the hour. An objection to being scored is kept.")
            .WithParameter(CommonParameters.PatientKey)
            .Answers<PatientErasure>(StatusCodes.Status202Accepted, "Predictions are gone; rows of batches are being looked for.")
            .Answers<PatientErasure>(StatusCodes.Status200OK, "Everything is gone.")
            .Refuses(static () => [ProblemResponses.NotFound(), ProblemResponses.Contention()]);
        api.MapGet("v1/patients/{patientKey}/erasure", ErasePatient.GetErasureAsync)
            .WithFunction("GetErasure")
            .ForRoles(CallerRoles.Pharmacy, CallerRoles.Admin)
            .Describe(Tag, "Says how far an erasure is", "Of a patient that was erased, or is being erased.")
            .WithParameter(CommonParameters.PatientKey)
            .Answers<PatientErasure>(StatusCodes.Status200OK, "How far it is.")
            .Refuses(static () => [ProblemResponses.NotFound()]);
    }

    private static void MapConsent(IEndpointRouteBuilder api)
    {
        api.MapGet("v1/patients/{patientKey}/consent", PatientConsents.GetAsync)
            .WithFunction("GetConsent")
            .ForRoles(CallerRoles.Pharmacy, CallerRoles.Admin)
            .Describe(Tag, "Says whether a patient objects", "What was recorded of the patient's consent to being scored.")
            .WithParameter(CommonParameters.PatientKey)
            .Answers<PatientConsentAnswer>(StatusCodes.Status200OK, "What was recorded.")
            .Refuses(static () => [ProblemResponses.NotFound()]);
        api.MapPut("v1/patients/{patientKey}/consent", PatientConsents.PutAsync)
            .WithFunction("PutConsent")
            .ForRoles(CallerRoles.Pharmacy, CallerRoles.Admin)
            .AuditFirst()
            .Describe(Tag, "Records consent or an objection", "A patient who objects is not scored any more, whichever way the request comes, also from batches.")
            .WithParameter(CommonParameters.PatientKey)
            .AcceptsJson<PatientConsentRequest>()
            .Answers<PatientConsentAnswer>(StatusCodes.Status200OK, "What is recorded now.")
            .Refuses(static () => [.. CommonProblems.JsonBody, ProblemResponses.NotFound(), ProblemResponses.Contention()]);
    }
}
