using System.Text.Json;
using System.Text.Json.Nodes;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.Batches.Summary;
using DrugResponse.Functions.Tests.Support;

namespace DrugResponse.Functions.Tests.Batches;

/// <summary>Summaries, held against the results that they sum up.</summary>
public sealed class SummaryTests(BatchApp fixture) : IClassFixture<BatchApp>
{
    private const int Rows = 60;
    private const string Response = "standard-dose-suffices";
    private const string Adverse = "standard-dose-overdoses";

    private readonly WholeApp _app = fixture.App;

    [Fact]
    public async Task Distributions_are_those_of_the_results()
    {
        var (summary, rows) = await RunAsync();

        var probabilities = rows.Select(static row => (double)row["drugs"]![0]!["response"]!["probability"]!).Order().ToArray();
        var distribution = Endpoint(summary.Cohort, Response);
        Assert.Equal(("response", null, Rows - 1), (distribution.Kind, distribution.Unit, distribution.Count));
        Assert.Equal(probabilities.Average(), distribution.Mean, 1e-9);
        Assert.Equal((probabilities[0], probabilities[^1]), (distribution.Min, distribution.Max));
        Assert.Equal(Quantile(probabilities, 0.5), distribution.Quantiles["p50"], 0.002);
        Assert.Equal(Quantile(probabilities, 0.05), distribution.Quantiles["p05"], 0.002);
        Assert.Equal(
            Enumerable.Range(0, 20).Select(bin => (long)probabilities.Count(probability => (int)(probability * 20) == bin)),
            distribution.Histogram.Select(static bin => bin.Count));
        Assert.Equal((0, 0.05, 0.95, 1), (distribution.Histogram[0].Low, distribution.Histogram[0].High, distribution.Histogram[19].Low, distribution.Histogram[19].High));
    }

    [Fact]
    public async Task Doses_have_their_unit_and_bins_that_double()
    {
        var (summary, rows) = await RunAsync();

        var doses = rows.Select(static row => (double)row["drugs"]![0]!["dose"]!["value"]!).Order().ToArray();
        var distribution = Endpoint(summary.Cohort, "dose");
        Assert.Equal(("dose", "mg/week"), (distribution.Kind, distribution.Unit));
        Assert.Equal(doses.Average(), distribution.Mean, 1e-9);
        Assert.InRange(distribution.Quantiles["p50"] / Quantile(doses, 0.5), 0.98, 1.02);
        Assert.All(distribution.Histogram, static bin => Assert.Equal(2 * bin.Low, bin.High));
        Assert.Equal(
            distribution.Histogram.Select(bin => (long)doses.Count(dose => dose >= bin.Low && dose < bin.High)),
            distribution.Histogram.Select(static bin => bin.Count));
        Assert.Equal(Rows - 1, distribution.Histogram.Sum(static bin => bin.Count));
    }

    [Fact]
    public void Numbers_near_a_power_of_two_lie_on_the_side_where_they_belong()
    {
        double[] edges = [.. Enumerable.Range(-10, 30).Select(static power => Math.Pow(2, power))];
        double[] values =
        [
            .. edges.SelectMany(static edge => new[] { Math.BitDecrement(edge), edge, Math.BitIncrement(edge), edge * 0.997, edge * 1.003 }), double.Epsilon,
        ];
        var tally = new DistributionTally { Kind = "dose", Unit = "mg" };
        foreach (var value in values)
            tally.Add(value);

        var groups = tally.Group(static value => (int)Math.Floor(Math.Log2(value)));

        foreach (var (low, high) in edges.Zip(edges.Skip(1)))
            Assert.Equal(values.Count(value => value >= low && value < high), groups[Math.ILogB(low)]);
        Assert.Equal(values.Length, groups.Values.Sum());
    }

    [Fact]
    public void Quantiles_of_numbers_are_good_to_one_percent()
    {
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, 2000).Select(_ => Math.Exp(random.NextDouble() * 12 - 4)).Order()];
        var tally = new DistributionTally { Kind = "dose", Unit = "mg" };
        foreach (var value in values)
            tally.Add(value);

        foreach (var share in new[] { 0.05, 0.25, 0.5, 0.75, 0.95 })
            Assert.InRange(tally.Quantile(share) / Quantile(values, share), 0.99, 1.01);
    }

    [Fact]
    public async Task Words_for_the_same_ancestry_are_one_subgroup_and_unknown_ones_none()
    {
        string?[] words = ["European", "White", "caucasian", "Martian", null, "east-asian", "East Asian", "Black"];
        var batch = await _app.RunAsync(string.Concat(words.Select(static (word, index) =>
        {
            var row = Cohort.Row(index);
            row["patient"]!["ancestry"] = word;
            return row.ToJsonString() + "\n";
        })));

        var answer = await _app.GetAsync($"v1/batches/{batch.BatchId}/summary");
        var summary = JsonSerializer.Deserialize(answer.Bytes, ContractsJsonContext.Wire.BatchSummary)!;
        Assert.Equal(
            [("African American/Afro-Caribbean", 1), ("East Asian", 2), ("European", 3), ("unknown", 2)],
            summary.Subgroups.Where(static group => group.By == "ancestry").Select(static group => (group.Value, group.Summary.Rows)));
    }

    [Fact]
    public async Task Phenotypes_and_actions_are_counted()
    {
        var (summary, rows) = await RunAsync();

        var expected = rows.GroupBy(static row => (string)Gene(row, "CYP2C9")["clinicalPhenotype"]!).ToDictionary(static group => group.Key, static group => (long)group.Count());
        Assert.Equal(expected, summary.Cohort.Phenotypes.Single(static gene => gene.Gene == "CYP2C9").Counts.ToDictionary(static count => count.Phenotype, static count => count.Count));
        var actions = rows.SelectMany(static row => row["drugs"]![0]!["guidance"]!.AsArray().Select(static action => (string)action!["action"]!).Distinct())
            .CountBy(static action => action).ToDictionary(static count => count.Key, static count => (long)count.Value);
        Assert.Equal(actions, summary.Cohort.Drugs[0].Actions.ToDictionary(static count => count.Action, static count => count.Count));
    }

    [Fact]
    public async Task Subgroups_partition_the_cohort()
    {
        var (summary, _) = await RunAsync();

        foreach (var by in new[] { "sex", "ancestry", "age" })
            Assert.Equal(Rows - 1, summary.Subgroups.Where(group => group.By == by).Sum(static group => group.Summary.Rows));
        Assert.Equal(["female", "male"], summary.Subgroups.Where(static group => group.By == "sex").Select(static group => group.Value));
        Assert.Equal(["18-39", "40-64", "65-79", "80+"], summary.Subgroups.Where(static group => group.By == "age").Select(static group => group.Value));
        var bySex = summary.Subgroups.Where(static group => group.By == "sex").Select(static group => Endpoint(group.Summary, Response)).ToArray();
        Assert.Equal(Endpoint(summary.Cohort, Response).Mean, bySex.Sum(static part => part.Mean * part.Count) / (Rows - 1), 1e-9);
    }

    [Fact]
    public async Task Enrichment_tells_what_a_threshold_keeps()
    {
        var (summary, rows) = await RunAsync();

        var patients = rows.Select(static row => (
            Response: (double)row["drugs"]![0]!["response"]!["probability"]!, Adverse: (double)row["drugs"]![0]!["adverse"]!.AsArray().Single(static each => (string)each!["endpoint"]! == Adverse)!["probability"]!)).ToArray();
        var enrichment = Assert.Single(summary.Enrichment);
        Assert.Equal(("warfarin", Response), (enrichment.Drug, enrichment.Endpoint));
        foreach (var step in enrichment.Steps)
        {
            var kept = patients.Where(patient => (int)(patient.Response * 20) >= Math.Round(step.Threshold * 20)).ToArray();
            Assert.Equal(kept.Length, step.Kept);
            Assert.Equal((double)kept.Length / patients.Length, step.KeptShare, 1e-12);
            Assert.Equal(kept.Average(static patient => patient.Response), step.ExpectedResponse, 1e-9);
            Assert.Equal(kept.Average(static patient => patient.Adverse), step.ExpectedAdverse[Adverse], 1e-9);
        }

        Assert.Equal((0, 1), (enrichment.Steps[0].Threshold, enrichment.Steps[0].KeptShare));
        Assert.True(enrichment.Steps[^1].Kept > 0);
    }

    [Fact]
    public async Task The_models_that_were_used_are_named()
    {
        var (summary, rows) = await RunAsync();

        var expected = rows.SelectMany(static row => row["drugs"]!.AsArray())
            .SelectMany(static drug => drug!["adverse"]!.AsArray().Concat(drug["otherResponses"]!.AsArray()).Append(drug["response"]).Append(drug["dose"]))
            .CountBy(static answer => (string)answer!["model"]!["id"]!)
            .Select(static count => (count.Key, (long)count.Value)).Order();
        Assert.Equal(5, expected.Count());
        Assert.Equal(
            expected,
            summary.Models.Select(static model => (model.Id, model.Rows)).Order());
        Assert.Equal((BatchStates.CompletedWithErrors, new BatchRowCounts(Rows, Rows, 1)), (summary.State, summary.Rows));
    }

    [Fact]
    public async Task Chunks_of_other_sizes_give_the_same_summary()
    {
        var (one, _) = await RunAsync();
        await using var other = await WholeApp.StartReadyAsync(fixture.ConnectionString, [.. BatchApp.Listening, "DrugResponse:Batches:ChunkRows=17"]);

        var (two, _) = await RunAsync(other);

        Assert.Equal(Rounded(one), Rounded(two));

        static string Rounded(BatchSummary summary) => System.Text.RegularExpressions.Regex.Replace(
            JsonSerializer.Serialize(summary with { BatchId = "" }, ContractsJsonContext.Wire.BatchSummary), @"\d+\.\d{9}\d+", static number => number.Value[..10]);
    }

    [Fact]
    public async Task A_cohort_without_scores_has_a_summary_too()
    {
        var batch = await _app.RunAsync("{}\n");

        var summary = (await _app.GetAsync($"v1/batches/{batch.BatchId}/summary")).Json;

        Assert.Equal(0, (int)summary["cohort"]!["rows"]!);
        Assert.Empty(summary["enrichment"]!.AsArray());
    }

    private async Task<(BatchSummary Summary, IReadOnlyList<JsonNode> Rows)> RunAsync(WholeApp? app = null)
    {
        app ??= _app;
        var batch = await app.RunAsync(Cohort.NdJson(Rows, 7));
        var answer = await app.GetAsync($"v1/batches/{batch.BatchId}/summary");
        var summary = JsonSerializer.Deserialize(answer.Bytes, ContractsJsonContext.Wire.BatchSummary)!;
        return (summary, [.. (await app.ResultsAsync(batch.BatchId)).Select(static line => line["prediction"]!)]);
    }

    private static JsonNode Gene(JsonNode row, string gene) => row["phenotypes"]!.AsArray().Single(phenotype => (string)phenotype!["gene"]! == gene)!;

    private static EndpointDistribution Endpoint(CohortSummary cohort, string endpoint) =>
        Assert.Single(cohort.Drugs).Endpoints.Single(one => one.Endpoint == endpoint);

    private static double Quantile(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
