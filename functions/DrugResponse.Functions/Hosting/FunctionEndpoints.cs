namespace DrugResponse.Functions.Hosting;

/// <summary>Names the function, and so the function.json, that an endpoint serves.</summary>
internal static class FunctionEndpoints
{
    /// <summary>
    /// Ties an HTTP endpoint to its function definition. Behind the Functions host an endpoint without a definition cannot
    /// be reached; a test holds the two against each other.
    /// </summary>
    /// <typeparam name="TBuilder">The endpoint's builder.</typeparam>
    /// <param name="builder">The endpoint.</param>
    /// <param name="functionName">The name of the function, such as <c>PredictPatient</c>.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder WithFunction<TBuilder>(this TBuilder builder, string functionName)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new FunctionMetadata(functionName)).WithName(functionName);
}

/// <summary>The function that an endpoint serves.</summary>
/// <param name="FunctionName">The name of the folder that its function.json lies in.</param>
internal sealed record FunctionMetadata(string FunctionName);
