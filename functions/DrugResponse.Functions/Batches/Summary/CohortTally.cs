using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Functions.Predictions;
using DrugResponse.Prediction.Patients;

namespace DrugResponse.Functions.Batches.Summary;

/// <summary>
/// What the rows of a batch say about the cohort, in a form that adds up: each chunk keeps its own, and a summary is their sum. Adding in the
/// order of the input gives the same numbers every time. Not thread-safe.
/// </summary>
internal sealed class CohortTally
{
    private const string Unknown = "unknown";

    // As many as there are models in use.
    private readonly Dictionary<ModelReference, string> _modelNames = new(ReferenceEqualityComparer.Instance);

    /// <summary>The whole cohort.</summary>
    public GroupTally Whole { get; init; } = new();

    /// <summary>By sex, ancestry and age, and then by value.</summary>
    public Dictionary<string, Dictionary<string, GroupTally>> Subgroups { get; init; } = [];

    /// <summary>By drug.</summary>
    public Dictionary<string, EnrichmentTally> Enrichment { get; init; } = [];

    /// <summary>Rows by model, as <c>id@version</c>.</summary>
    public Dictionary<string, long> Models { get; init; } = [];

    /// <summary>Reads a tally.</summary>
    public static CohortTally Parse(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, TallyJson.Default.CohortTally)!;

    /// <summary>Writes the tally for <see cref="Parse"/>.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, TallyJson.Default.CohortTally);

    /// <summary>Counts a row.</summary>
    /// <param name="patient">Whom it is about, as far as was given.</param>
    /// <param name="prediction">What was answered.</param>
    public void Add(Patient? patient, PredictionResponse prediction)
    {
        Whole.Add(prediction);
        Subgroup("sex", patient?.Sex ?? Unknown).Add(prediction);
        Subgroup("ancestry", AncestryTerms.NameOf(patient?.Ancestry) ?? Unknown).Add(prediction);
        Subgroup("age", AgeBand(patient?.AgeYears)).Add(prediction);
        foreach (var drug in prediction.Drugs)
        {
            if (drug.Response is { } response)
                Tallies.Of(Enrichment, drug.Drug).Add(response, drug.Adverse);
            AddModels(drug);
        }
    }

    /// <summary>Adds the rows of another tally.</summary>
    public void Add(CohortTally other)
    {
        Whole.Add(other.Whole);
        foreach (var (by, groups) in other.Subgroups)
        {
            foreach (var (value, group) in groups)
                Subgroup(by, value).Add(group);
        }

        foreach (var (drug, enrichment) in other.Enrichment)
            Tallies.Of(Enrichment, drug).Add(enrichment);
        foreach (var (model, count) in other.Models)
            Tallies.Add(Models, model, count);
    }

    private static string AgeBand(double? years) => years switch
    {
        null => Unknown,
        < 18 => "0-17",
        < 40 => "18-39",
        < 65 => "40-64",
        < 80 => "65-79",
        _ => "80+",
    };

    private void AddModels(DrugPrediction drug)
    {
        foreach (var model in ModelsUsed.Of(drug))
            Add(model);
    }

    private void Add(ModelReference model)
    {
        ref var name = ref CollectionsMarshal.GetValueRefOrAddDefault(_modelNames, model, out _);
        Tallies.Add(Models, name ??= $"{model.Id}@{model.Version}", 1);
    }

    private GroupTally Subgroup(string by, string value)
    {
        if (!Subgroups.TryGetValue(by, out var groups))
            Subgroups.Add(by, groups = []);
        return Tallies.Of(groups, value);
    }
}

/// <summary>Source-generated JSON of tallies.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CohortTally))]
internal sealed partial class TallyJson : JsonSerializerContext;
