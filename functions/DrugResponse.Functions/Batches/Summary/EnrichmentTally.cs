using DrugResponse.Contracts.Predictions;

namespace DrugResponse.Functions.Batches.Summary;

/// <summary>
/// Rows of one drug by their probability of response, in steps of 0.05, with the sums that expected rates are made of. Not thread-safe.
/// </summary>
internal sealed class EnrichmentTally
{
    /// <summary>Steps between 0 and 1.</summary>
    public const int Steps = 20;

    /// <summary>The primary response endpoint.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>Rows by step.</summary>
    public long[] Counts { get; init; } = new long[Steps];

    /// <summary>Sums of the probability of response by step.</summary>
    public double[] Responses { get; init; } = new double[Steps];

    /// <summary>By adverse endpoint, sums of its probability by step.</summary>
    public Dictionary<string, double[]> Adverse { get; init; } = [];

    /// <summary>Counts a row.</summary>
    public void Add(EndpointPrediction response, IReadOnlyList<EndpointPrediction> adverse)
    {
        var step = Math.Clamp((int)(response.Probability * Steps), 0, Steps - 1);
        Endpoint = response.Endpoint;
        Counts[step]++;
        Responses[step] += response.Probability;
        foreach (var one in adverse)
            AdverseOf(one.Endpoint)[step] += one.Probability;
    }

    /// <summary>Adds other rows of the same drug.</summary>
    public void Add(EnrichmentTally other)
    {
        Endpoint = other.Endpoint;
        for (var step = 0; step < Steps; step++)
        {
            Counts[step] += other.Counts[step];
            Responses[step] += other.Responses[step];
        }

        foreach (var (endpoint, sums) in other.Adverse)
        {
            var known = AdverseOf(endpoint);
            for (var step = 0; step < Steps; step++)
                known[step] += sums[step];
        }
    }

    private double[] AdverseOf(string endpoint)
    {
        if (!Adverse.TryGetValue(endpoint, out var sums))
            Adverse.Add(endpoint, sums = new double[Steps]);
        return sums;
    }
}
