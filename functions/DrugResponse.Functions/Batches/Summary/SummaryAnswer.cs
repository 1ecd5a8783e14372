using DrugResponse.Contracts.Batches;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Summary;

/// <summary>Puts a tally into the words of the wire.</summary>
internal static class SummaryAnswer
{
    private const int HistogramBins = 20;

    private static readonly (string Name, double Share)[] Quantiles = [("p05", 0.05), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p95", 0.95)];

    public static BatchSummary Of(BatchRecord batch, BatchRowCounts rows, CohortTally tally) => new()
    {
        BatchId = batch.Id.ToString(),
        State = batch.State,
        Rows = rows,
        Models = [.. InOrder(tally.Models).Select(static model => new ModelUse(Before(model.Key), After(model.Key), model.Value))],
        Cohort = Of(tally.Whole),
        Subgroups =
        [
            .. InOrder(tally.Subgroups).SelectMany(static by => InOrder(by.Value).Select(group => new SubgroupSummary(by.Key, group.Key, Of(group.Value)))),
        ],
        Enrichment = [.. InOrder(tally.Enrichment).Select(static drug => new Enrichment(drug.Key, drug.Value.Endpoint, Steps(drug.Value)))],
    };

    private static IEnumerable<KeyValuePair<string, T>> InOrder<T>(Dictionary<string, T> tallies) =>
        tallies.OrderBy(static tally => tally.Key, StringComparer.Ordinal);

    private static string Before(string model) => model[..model.LastIndexOf('@')];

    private static string After(string model) => model[(model.LastIndexOf('@') + 1)..];

    private static CohortSummary Of(GroupTally group) => new(
        group.Rows,
        [.. InOrder(group.Drugs).Select(static drug => Of(drug.Key, drug.Value))],
        [.. InOrder(group.Phenotypes).Select(static gene => new PhenotypeCounts(gene.Key, MostFrequentFirst(gene.Value)))]);

    private static IReadOnlyList<PhenotypeCount> MostFrequentFirst(Dictionary<string, long> phenotypes) =>
        [.. InOrder(phenotypes).OrderByDescending(static phenotype => phenotype.Value).Select(static phenotype => new PhenotypeCount(phenotype.Key, phenotype.Value))];

    private static CohortDrug Of(string drug, DrugTally tally) => new(
        drug,
        tally.Rows,
        [
            .. InOrder(tally.Endpoints).OrderBy(static endpoint => endpoint.Value.Kind, StringComparer.Ordinal)
                .Select(static endpoint => Of(endpoint.Key, endpoint.Value)),
        ],
        [.. InOrder(tally.Actions).Select(static action => new ActionCount(action.Key, action.Value))]);

    private static EndpointDistribution Of(string endpoint, DistributionTally tally) => new()
    {
        Endpoint = endpoint,
        Kind = tally.Kind,
        Unit = tally.Unit,
        Count = tally.Count,
        Mean = tally.Sum / tally.Count,
        Min = tally.Min,
        Max = tally.Max,
        Quantiles = Quantiles.ToDictionary(static quantile => quantile.Name, quantile => tally.Quantile(quantile.Share)),
        Histogram = tally.Unit is null ? ProbabilityHistogram(tally) : DoublingHistogram(tally),
    };

    private static IReadOnlyList<HistogramBin> ProbabilityHistogram(DistributionTally tally)
    {
        var counts = tally.Group(static probability => (int)(probability * HistogramBins));
        return
        [
            .. Enumerable.Range(0, HistogramBins).Select(bin => new HistogramBin(
                (double)bin / HistogramBins, (bin + 1.0) / HistogramBins, counts.GetValueOrDefault(bin))),
        ];
    }

    private static IReadOnlyList<HistogramBin> DoublingHistogram(DistributionTally tally) =>
    [
        .. tally.Group(static value => value > 0 ? (int)Math.Floor(Math.Log2(value)) : int.MinValue)
            .Select(static bin => bin.Key == int.MinValue
                ? new HistogramBin(0, 0, bin.Value)
                : new HistogramBin(Math.Pow(2, bin.Key), Math.Pow(2, bin.Key + 1), bin.Value)),
    ];

    private static IReadOnlyList<EnrichmentStep> Steps(EnrichmentTally tally)
    {
        var total = tally.Counts.Sum();
        var steps = new List<EnrichmentStep>();
        for (var step = 0; step < EnrichmentTally.Steps; step++)
        {
            var kept = tally.Counts[step..].Sum();
            if (kept == 0)
                break;
            steps.Add(new EnrichmentStep(
                (double)step / EnrichmentTally.Steps,
                kept,
                (double)kept / total,
                tally.Responses[step..].Sum() / kept,
                tally.Adverse.ToDictionary(static endpoint => endpoint.Key, endpoint => endpoint.Value[step..].Sum() / kept)));
        }

        return steps;
    }
}
