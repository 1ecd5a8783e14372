namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Names that the format gives to the columns of a prediction.</summary>
internal static class ColumnNames
{
    public const string Score = "Score";
    public const string Probability = "Probability";
    public const string PredictedLabel = "PredictedLabel";
}
