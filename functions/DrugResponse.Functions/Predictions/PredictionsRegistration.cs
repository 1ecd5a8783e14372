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
        services.AddSingleton<ScoreQueuedPatient>();
    }

    /// <summary>Maps the HTTP routes.</summary>
    /// <param name="api">The group of HTTP routes.</param>
    public static void MapPredictions(this IEndpointRouteBuilder api)
    {
        api.MapPost("v1/predictions", PredictPatient.HandleAsync).WithFunction("PredictPatient");
        api.MapGet("v1/predictions/{predictionId}", GetPrediction.HandleAsync).WithFunction("GetPrediction");
        api.MapPost("v1/patients/lookup", FindPatient.HandleAsync).WithFunction("FindPatient");
        api.MapGet("v1/patients/{patientKey}/predictions", ListPatientPredictions.HandleAsync).WithFunction("ListPatientPredictions");
    }

    /// <summary>Maps the queue function.</summary>
    /// <param name="app">The application.</param>
    public static void MapPredictionTriggers(this IEndpointRouteBuilder app) =>
        app.MapQueueFunction<ScoreQueuedPatient>(
            ScoreQueuedPatient.FunctionName, static (function, message, cancellationToken) => function.HandleAsync(message, cancellationToken));
}
