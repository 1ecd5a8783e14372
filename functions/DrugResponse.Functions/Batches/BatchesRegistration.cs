using DrugResponse.Functions.Batches.Chunks;
using DrugResponse.Functions.Batches.Control;
using DrugResponse.Functions.Batches.Input;
using DrugResponse.Functions.Batches.Results;
using DrugResponse.Functions.Batches.Retention;
using DrugResponse.Functions.Batches.Status;
using DrugResponse.Functions.Batches.Submission;
using DrugResponse.Functions.Batches.Summary;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Storage.Batches;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Batches;

/// <summary>Registers and maps the capability: cohorts submitted, scored chunk by chunk, watched, read.</summary>
internal static class BatchesRegistration
{
    /// <summary>Adds the services.</summary>
    /// <param name="services">The services.</param>
    public static void AddBatches(this IServiceCollection services)
    {
        services.AddOptions<BatchSettings>().BindConfiguration(BatchSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebhookSettings>, WebhookSettingsValidator>();
        services.AddOptions<WebhookSettings>()
            .BindConfiguration(WebhookSettings.Section)
            .PostConfigure<IHostEnvironment>(static (options, environment) =>
            {
                if (environment.IsDevelopment())
                    options.Key ??= WebhookSettings.DevelopmentKey;
            })
            .ValidateOnStart();
        services.AddSingleton<WebhookAddresses>();
        services.AddSingleton<BatchStores>();
        services.AddSingleton<KeyWait>();
        services.AddSingleton<BatchPatients>();
        services.AddSingleton<BatchIngester>();
        services.AddSingleton<SubmissionClaims>();
        services.AddSingleton<BatchSubmitter>();
        services.AddSingleton<BatchStatusReader>();
        services.AddSingleton<BatchLineReader>();
        services.AddSingleton<SummaryKeeper>();
        AddScoring(services);
        AddControl(services);
    }

    /// <summary>Maps the HTTP routes.</summary>
    /// <param name="api">The group of HTTP routes.</param>
    public static void MapBatches(this IEndpointRouteBuilder api)
    {
        BatchEndpoints.MapSubmission(api);
        BatchEndpoints.MapStatus(api);
        BatchEndpoints.MapReading(api);
    }

    /// <summary>Maps the queue and timer functions.</summary>
    /// <param name="app">The application.</param>
    public static void MapBatchTriggers(this IEndpointRouteBuilder app)
    {
        app.MapQueueFunction<ScoreBatchChunk>(
            ScoreBatchChunk.FunctionName,
            BatchQueues.ChunkQueueName,
            static (function, message, cancellationToken) => function.HandleAsync(message, cancellationToken));
        app.MapQueueFunction<AdvanceBatch>(
            AdvanceBatch.FunctionName,
            BatchQueues.ControlQueueName,
            static (function, message, cancellationToken) => function.HandleAsync(message, cancellationToken));
        app.MapTimerFunction<ResumeBatches>(
            ResumeBatches.FunctionName, static (function, tick, cancellationToken) => function.HandleAsync(tick, cancellationToken));
        app.MapTimerFunction<RemoveExpired>(
            RemoveExpired.FunctionName, static (function, tick, cancellationToken) => function.HandleAsync(tick, cancellationToken));
    }

    private static void AddScoring(IServiceCollection services)
    {
        services.AddSingleton<RowPatients>();
        services.AddSingleton<BatchLookup>();
        services.AddSingleton<BatchRowScorer>();
        services.AddSingleton<ChunkScorer>();
        services.AddSingleton<ScoreBatchChunk>();
    }

    private static void AddControl(IServiceCollection services)
    {
        services.AddSingleton<BatchDispatcher>();
        services.AddSingleton<BatchStarter>();
        services.AddSingleton<BatchPace>();
        services.AddSingleton<UploadIngestion>();
        services.AddSingleton<WebhookCaller>();
        services.AddSingleton<BatchEnding>();
        services.AddSingleton<BatchOverseer>();
        services.AddSingleton<AdvanceBatch>();
        services.AddSingleton<ResumeBatches>();
        services.AddOptions<RetentionSettings>().BindConfiguration(RetentionSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RetentionAges>();
        services.AddSingleton<RemoveExpired>();
    }
}
