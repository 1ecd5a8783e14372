using DrugResponse.Contracts.Access;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Prediction.Patients;

namespace DrugResponse.Functions.Predictions;

/// <summary>Registers and maps the capability: predict over HTTP and queue, read back, list, look up.</summary>
internal static class PredictionsRegistration
{
    /// <summary>Adds the services.</summary>
    /// <param name="services">The services.</param>
    public static void AddPredictions(this IServiceCollection services)
    {
        services.AddSingleton(GenotypeInterpreter.Default);
        services.AddSingleton<PatientReader>();
        services.AddSingleton<RequestHasher>();
        services.AddSingleton<PredictionStores>();
        services.AddSingleton<PredictionRecorder>();
        services.AddSingleton<PredictionQueue>();
        services.AddSingleton<QueueFaults>();
        services.AddSingleton<ScoreQueuedPatient>();
    }

    /// <summary>Maps the HTTP routes.</summary>
    /// <param name="api">The group of HTTP routes.</param>
    public static void MapPredictions(this IEndpointRouteBuilder api)
    {
        api.MapPost("v1/predictions", PredictPatient.HandleAsync).WithFunction("PredictPatient").ForRoles(CallerRoles.Pharmacy);
        api.MapGet("v1/predictions/{predictionId}", GetPrediction.HandleAsync)
            .WithFunction("GetPrediction")
            .ForRoles(CallerRoles.Pharmacy, CallerRoles.Sponsor);
        api.MapPost("v1/patients/lookup", FindPatient.HandleAsync)
            .WithFunction("FindPatient")
            .ForRoles(CallerRoles.Pharmacy, CallerRoles.Admin);
        api.MapGet("v1/patients/{patientKey}/predictions", ListPatientPredictions.HandleAsync)
            .WithFunction("ListPatientPredictions")
            .ForRoles(CallerRoles.Pharmacy);
    }

    /// <summary>Maps the queue function.</summary>
    /// <param name="app">The application.</param>
    public static void MapPredictionTriggers(this IEndpointRouteBuilder app) =>
        app.MapQueueFunction<ScoreQueuedPatient>(
            ScoreQueuedPatient.FunctionName, static (function, message, cancellationToken) => function.HandleAsync(message, cancellationToken));
}
