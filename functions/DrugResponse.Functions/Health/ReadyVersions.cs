using DrugResponse.Contracts.Health;
using DrugResponse.Prediction.Scoring;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DrugResponse.Functions.Health;

/// <summary>Takes from the checks which versions are in use, so that a program need not read the reasons.</summary>
internal static class ReadyVersions
{
    private const string Knowledge = "knowledgeVersion";
    private const string Models = "models";

    /// <summary>What a check adds to its outcome.</summary>
    /// <param name="knowledgeVersion">Version of the pharmacogenomic tables.</param>
    public static IReadOnlyDictionary<string, object> Of(string knowledgeVersion) =>
        new Dictionary<string, object> { [Knowledge] = knowledgeVersion };

    /// <summary>What a check adds to its outcome.</summary>
    /// <param name="models">The models whose scores are answered.</param>
    public static IReadOnlyDictionary<string, object> Of(IEnumerable<ScoredModel> models) => new Dictionary<string, object>
    {
        [Models] = models.Select(static model => new ModelInUse(model.Reference.Id, model.Reference.Version))
            .OrderBy(static model => model.Id, StringComparer.Ordinal)
            .ToArray(),
    };

    /// <summary>Adds to an answer what its checks added.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="report">The outcome of the checks.</param>
    public static ReadyAnswer AddTo(ReadyAnswer answer, HealthReport report) => answer with
    {
        KnowledgeVersion = Find<string>(report, Knowledge), Models = Find<IReadOnlyList<ModelInUse>>(report, Models),
    };

    private static T? Find<T>(HealthReport report, string name)
        where T : class =>
        report.Entries.Values.Select(entry => entry.Data.GetValueOrDefault(name)).OfType<T>().FirstOrDefault();
}
