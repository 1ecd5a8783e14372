using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Functions.OpenApi;
using DrugResponse.Functions.Problems;
using DrugResponse.Prediction.Patients;
using DrugResponse.Storage.Queues;

namespace DrugResponse.Functions.Predictions;

/// <summary>Registers and maps the capability: predict over HTTP and queue, read back, list, look up.</summary>
internal static class PredictionsRegistration
{
    private static readonly AnswerHeader Location =
        AnswerHeaders.LocationOf("/api/v1/predictions/xcm_pHpKq01Eb-rVkOIOZSLq3XHMoUw88XkeeU7sgLo");

    /// <summary>Adds the services.</summary>
    /// <param name="services">The services.</param>
    public static void AddPredictions(this IServiceCollection services)
    {
        services.AddSingleton<PatientReader>();
        services.AddSingleton<RequestHasher>();
        services.AddSingleton<PredictionStores>();
        services.AddSingleton<PredictionRecorder>();
        services.AddSingleton<BatchRowPredictions>();
        services.AddSingleton<PredictionQueue>();
        services.AddSingleton<QueueFaults>();
        services.AddSingleton<ScoreQueuedPatient>();
    }

    /// <summary>Maps the HTTP routes.</summary>
    /// <param name="api">The group of HTTP routes.</param>
    public static void MapPredictions(this IEndpointRouteBuilder api)
    {
        api.MapPost("v1/predictions", PredictPatient.HandleAsync)
            .WithFunction("PredictPatient")
            .ForRoles(CallerRoles.Pharmacy)
            .Describe(
                "Predictions",
                "Scores a patient",
                "Scores the drugs in `candidates`, or else the active medications that have models, and stores the answer before giving it. One of "
                + "`genotype`, `medications`, `candidates` must be there; what is absent is unknown.")
            .WithParameter(CommonParameters.IdempotencyKey)
            .WithParameter(CommonParameters.Prefer)
            .AcceptsJson<PredictionRequest>()
            .Answers<PredictionResponse>(StatusCodes.Status201Created, "The answer, as it is stored.", Location)
            .Answers<QueuedPrediction>(
                StatusCodes.Status202Accepted,
                "With `Prefer: respond-async`: the request is kept. The prediction will be at `Location`, which answers 404 until then.",
                Location,
                AnswerHeaders.RetryAfter,
                AnswerHeaders.PreferenceApplied)
            .Refuses(static () =>
            [
                .. CommonProblems.JsonBody, ProblemResponses.Objection(), ProblemResponses.InProgress(),
                ProblemResponses.IdempotencyKeyReused(), .. CommonProblems.Models, .. CommonProblems.SharedStorage,
            ]);
        api.MapGet("v1/predictions/{predictionId}", GetPrediction.HandleAsync)
            .WithFunction("GetPrediction")
            .ForRoles(CallerRoles.Pharmacy, CallerRoles.Sponsor)
            .Describe("Predictions", "Reads a prediction", "The answer as it was given at the time, to the byte.")
            .WithParameter(CommonParameters.PredictionId)
            .Answers<PredictionResponse>(StatusCodes.Status200OK, "The stored answer.")
            .Refuses(static () => [ProblemResponses.NotFound(), ProblemResponses.DamagedRow(2), .. CommonProblems.Storage]);
        MapPatientPredictions(api);
    }

    private static void MapPatientPredictions(IEndpointRouteBuilder api)
    {
        api.MapPost("v1/patients/lookup", FindPatient.HandleAsync)
            .WithFunction("FindPatient")
            .ForRoles(CallerRoles.Pharmacy, CallerRoles.Admin)
            .Describe("Patients", "Finds a patient's pseudonym", "So that the caller's own id of a patient never stands in a URL. With `create` a patient of whom nothing is stored is entered.")
            .AcceptsJson<PatientLookupRequest>()
            .Answers<PatientLookupResponse>(StatusCodes.Status200OK, "The pseudonym.")
            .Refuses(static () => [.. CommonProblems.JsonBody, ProblemResponses.NotFound(), .. CommonProblems.SharedStorage]);
        api.MapGet("v1/patients/{patientKey}/predictions", ListPatientPredictions.HandleAsync)
            .WithFunction("ListPatientPredictions")
            .ForRoles(CallerRoles.Pharmacy)
            .Describe("Patients", "Lists a patient's predictions", $"Newest first, {ListPatientPredictions.PageSize} a page.")
            .WithParameter(CommonParameters.PatientKey)
            .WithParameter(CommonParameters.After)
            .Answers<PatientPredictions>(StatusCodes.Status200OK, "A page of predictions.")
            .Refuses(static () =>
            [
                ProblemResponses.BadRequest("after must be a token that an earlier page of this patient gave."),
                ProblemResponses.NotFound(), .. CommonProblems.Storage,
            ]);
    }

    /// <summary>Maps the queue function.</summary>
    /// <param name="app">The application.</param>
    public static void MapPredictionTriggers(this IEndpointRouteBuilder app) =>
        app.MapQueueFunction<ScoreQueuedPatient>(
            ScoreQueuedPatient.FunctionName,
            PredictionRequests.QueueName,
            static (function, message, cancellationToken) => function.HandleAsync(message, cancellationToken));
}
