using DrugResponse.Contracts.Predictions;

namespace DrugResponse.Functions.Predictions;

/// <summary>What predictions rest on: models and pharmacogenomic tables. Not thread-safe.</summary>
internal sealed class ModelsUsed
{
    private readonly HashSet<(string Id, string Version)> _models = [];
    private readonly HashSet<ModelReference> _seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>Version of the pharmacogenomic tables; null before the first prediction.</summary>
    public string? KnowledgeVersion { get; private set; }

    /// <summary>Names and versions of the models, each once: <c>warfarin/dose@1.0.0,…</c>.</summary>
    public string Versions => string.Join(',', _models.Select(static model => $"{model.Id}@{model.Version}"));

    /// <summary>Adds what a prediction rests on.</summary>
    /// <param name="prediction">The prediction.</param>
    public void Add(PredictionResponse prediction)
    {
        KnowledgeVersion = prediction.KnowledgeVersion;
        foreach (var drug in prediction.Drugs)
        {
            foreach (var model in Of(drug))
                Add(model);
        }
    }

    /// <summary>The models behind the scores of a drug.</summary>
    /// <param name="drug">What was answered about the drug.</param>
    public static IEnumerable<ModelReference> Of(DrugPrediction drug)
    {
        foreach (var adverse in drug.Adverse)
            yield return adverse.Model;
        foreach (var response in drug.OtherResponses)
            yield return response.Model;
        if (drug.Response is { } primary)
            yield return primary.Model;
        if (drug.Dose is { } dose)
            yield return dose.Model;
    }

    // A set of models has one reference for each, which every answer shares.
    private void Add(ModelReference model)
    {
        if (_seen.Add(model))
            _models.Add((model.Id, model.Version));
    }
}
