using DrugResponse.Prediction.Scoring;

namespace DrugResponse.Functions.Models;

/// <summary>Names models for operators.</summary>
internal static class ModelNames
{
    /// <summary>Id and version of each model: <c>warfarin/dose 1.0.0, …</c>.</summary>
    public static string Of(IEnumerable<ScoredModel> models) =>
        string.Join(", ", models.Select(static model => $"{model.Reference.Id} {model.Reference.Version}"));
}
