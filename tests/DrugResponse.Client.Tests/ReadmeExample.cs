// README
using DrugResponse.Client;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Predictions;
using Microsoft.Extensions.DependencyInjection;
// end

namespace DrugResponse.Client.Tests;

/// <summary>The example of the README, so that it compiles. <see cref="ReadmeTests"/> holds the two against each other.</summary>
internal static class ReadmeExample
{
    public static async Task RunAsync()
    {
        // README
        var services = new ServiceCollection();
        services.AddDrugResponseClient(options =>
        {
            options.BaseAddress = new Uri("http://localhost:7071");
            options.ApiKey = Environment.GetEnvironmentVariable("DRUGRESPONSE_API_KEY");
        });
        await using var provider = services.BuildServiceProvider();
        var api = provider.GetRequiredService<IDrugResponseApi>();

        var patient = new PredictionRequest
        {
            Patient = new Patient { Id = "MRN-0042", AgeYears = 65 },
            Genotype = new Genotype { Diplotypes = new Dictionary<string, IReadOnlyList<string>> { ["CYP2C19"] = ["*1/*2"] } },
            Candidates = ["clopidogrel"],
        };
        var prediction = await api.PredictPatientAsync(patient);
        Console.WriteLine($"{prediction.Drugs[0].Response?.Probability:P0}");

        var rows = new[] { new CohortRow("P-1", patient), new CohortRow("P-2", patient with { Genotype = null }) }.ToAsyncEnumerable();
        var batch = await api.SubmitBatchAsync(rows, new BatchSubmission { Name = "arm A", IdempotencyKey = "arm-A" });
        await api.WaitForBatchAsync(batch.BatchId, new Progress<BatchStatus>(status => Console.WriteLine($"{status.Rows.Done} rows")));
        await foreach (var result in api.GetBatchResultsAsync(batch.BatchId))
            Console.WriteLine($"{result.RowId}: {result.Prediction.Drugs[0].Response?.Probability:P0}");
        // end
    }
}
