namespace DrugResponse.Functions.Telemetry;

/// <summary>The app's own attributes of measures and spans. Their prefix keeps them apart from those of OpenTelemetry's conventions.</summary>
internal static class MetricTags
{
    /// <summary>The drug of a score: a name of the models, never a word of a request.</summary>
    public const string Drug = "drugresponse.drug";

    /// <summary>The endpoint of a score.</summary>
    public const string Endpoint = "drugresponse.endpoint";

    /// <summary>The version of the model that gave a score.</summary>
    public const string ModelVersion = "drugresponse.model.version";

    /// <summary>The state that a batch came into.</summary>
    public const string BatchState = "drugresponse.batch.state";

    /// <summary>What came of something.</summary>
    public const string Outcome = "drugresponse.outcome";

    /// <summary>The function that handles a message.</summary>
    public const string Function = "drugresponse.function";
}
