using System.Runtime.InteropServices;
using DrugResponse.Contracts.Predictions;

namespace DrugResponse.Functions.Batches.Summary;

/// <summary>What a set of rows says, in a form that adds up. Not thread-safe.</summary>
internal sealed class GroupTally
{
    private const string Indeterminate = "indeterminate";

    /// <summary>Rows scored.</summary>
    public long Rows { get; set; }

    /// <summary>By drug.</summary>
    public Dictionary<string, DrugTally> Drugs { get; init; } = [];

    /// <summary>By gene and clinical phenotype.</summary>
    public Dictionary<string, Dictionary<string, long>> Phenotypes { get; init; } = [];

    /// <summary>Counts a row.</summary>
    public void Add(PredictionResponse prediction)
    {
        Rows++;
        foreach (var drug in prediction.Drugs)
            Tallies.Of(Drugs, drug.Drug).Add(drug);
        foreach (var gene in prediction.Phenotypes)
            Tallies.Add(Tallies.Of(Phenotypes, gene.Gene), gene.ClinicalPhenotype ?? gene.Phenotype ?? Indeterminate, 1);
    }

    /// <summary>Adds another set.</summary>
    public void Add(GroupTally other)
    {
        Rows += other.Rows;
        foreach (var (name, drug) in other.Drugs)
            Tallies.Of(Drugs, name).Add(drug);
        foreach (var (gene, phenotypes) in other.Phenotypes)
        {
            foreach (var (phenotype, count) in phenotypes)
                Tallies.Add(Tallies.Of(Phenotypes, gene), phenotype, count);
        }
    }
}

/// <summary>What a set of rows says about one drug. Not thread-safe.</summary>
internal sealed class DrugTally
{
    private const string NoAction = "none";

    /// <summary>Rows scored for the drug.</summary>
    public long Rows { get; set; }

    /// <summary>By endpoint.</summary>
    public Dictionary<string, DistributionTally> Endpoints { get; init; } = [];

    /// <summary>By guideline action.</summary>
    public Dictionary<string, long> Actions { get; init; } = [];

    /// <summary>Counts a row.</summary>
    public void Add(DrugPrediction drug)
    {
        Rows++;
        if (drug.Response is { } primary)
            Add(primary.Endpoint, "response", null, primary.Probability);
        foreach (var response in drug.OtherResponses)
            Add(response.Endpoint, "response", null, response.Probability);
        foreach (var adverse in drug.Adverse)
            Add(adverse.Endpoint, "adverse", null, adverse.Probability);
        if (drug.Dose is { } dose)
            Add(dose.Endpoint, "dose", dose.Unit, dose.Value);
        AddActions(drug.Guidance);
    }

    /// <summary>Adds another set.</summary>
    public void Add(DrugTally other)
    {
        Rows += other.Rows;
        foreach (var (name, endpoint) in other.Endpoints)
            Endpoint(name, endpoint.Kind, endpoint.Unit).Add(endpoint);
        foreach (var (action, count) in other.Actions)
            Tallies.Add(Actions, action, count);
    }

    private void AddActions(IReadOnlyList<GuidanceAction> guidance)
    {
        if (guidance.Count == 0)
            Tallies.Add(Actions, NoAction, 1);
        for (var i = 0; i < guidance.Count; i++)
        {
            if (!IsAmongFirst(guidance, i, guidance[i].Action))
                Tallies.Add(Actions, guidance[i].Action, 1);
        }
    }

    private static bool IsAmongFirst(IReadOnlyList<GuidanceAction> guidance, int count, string action)
    {
        for (var i = 0; i < count; i++)
        {
            if (guidance[i].Action == action)
                return true;
        }

        return false;
    }

    private void Add(string endpoint, string kind, string? unit, double value) => Endpoint(endpoint, kind, unit).Add(value);

    private DistributionTally Endpoint(string name, string kind, string? unit)
    {
        if (!Endpoints.TryGetValue(name, out var endpoint))
            Endpoints.Add(name, endpoint = new DistributionTally { Kind = kind, Unit = unit });
        return endpoint;
    }
}

/// <summary>Dictionaries that count.</summary>
internal static class Tallies
{
    public static T Of<T>(Dictionary<string, T> tallies, string key)
        where T : class, new() => CollectionsMarshal.GetValueRefOrAddDefault(tallies, key, out _) ??= new T();

    public static void Add(Dictionary<string, long> counts, string key, long count) =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _) += count;
}
