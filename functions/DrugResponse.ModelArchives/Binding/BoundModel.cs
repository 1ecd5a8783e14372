using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Loading;
using DrugResponse.ModelArchives.Transforms;

namespace DrugResponse.ModelArchives.Binding;

/// <summary>A model with all columns and types settled.</summary>
internal sealed class BoundModel
{
    private BoundModel(Binder binder)
    {
        Inputs = binder.Inputs;
        Steps = binder.Steps;
        Prediction = binder.Prediction;

        if (Prediction is not null)
        {
            Score = Final(binder, Prediction.Score)!;
            PredictedLabel = Prediction.PredictedLabel is null ? null : Final(binder, Prediction.PredictedLabel);
            Probability = Prediction.Probability is { } probability ? Final(binder, probability) : CalibratedLater(binder);
        }

        Outputs = ListOutputs(binder);
    }

    public IReadOnlyList<BoundColumn> Inputs { get; }

    public IReadOnlyList<BoundStep> Steps { get; }

    /// <summary>The last prediction, or null if the model only transforms columns.</summary>
    public PredictionStep? Prediction { get; }

    public PredictionKind Kind => Prediction?.Kind ?? PredictionKind.None;

    /// <summary>The score as the model leaves it: the last column of the name if it has the type of a score, else the predictor's own.</summary>
    public BoundColumn? Score { get; }

    public BoundColumn? Probability { get; }

    public BoundColumn? PredictedLabel { get; }

    /// <summary>The columns a user of the model sees as its results.</summary>
    public IReadOnlyList<BoundColumn> Outputs { get; }

    /// <summary>The columns that <see cref="ModelScorer"/> works out.</summary>
    public IEnumerable<BoundColumn> Results => new[] { Score, Probability, PredictedLabel }.OfType<BoundColumn>();

    public static BoundModel Bind(LoadedArchive archive, ModelArchiveLimits limits)
    {
        var binder = new Binder(archive.InputColumns, limits);
        foreach (var transform in archive.Transforms)
            transform.Bind(binder);

        return new BoundModel(binder);
    }

    public static ModelInput Describe(BoundColumn input, ColumnUsage usage) => new()
    {
        Name = input.Name,
        ItemType = input.Type.Item,
        VectorLength = input.Type.VectorLength,
        KeyCardinality = input.Type.KeyCardinality,
        MayBeMissing = usage.ToleratesMissing(input),
        IsUsed = usage.IsUsed(input),
    };

    private static BoundColumn Final(Binder binder, BoundColumn made) =>
        binder.TryFind(made.Name, out var visible) && visible.Type == made.Type ? visible : made;

    private static BoundColumn? CalibratedLater(Binder binder) =>
        binder.TryFind(ColumnNames.Probability, out var visible) && visible.InputIndex < 0 && visible.Type == ColumnType.Number ? visible : null;

    private List<BoundColumn> ListOutputs(Binder binder)
    {
        var made = binder.Steps.Skip(Prediction is null ? 0 : binder.FirstPredictionIndex).SelectMany(step => step.Outputs).ToHashSet();
        var outputs = binder.Visible.Where(column => made.Contains(column) || (Prediction is null && binder.Selected.Contains(column.Name))).ToList();

        if (Prediction is null)
            return outputs;

        // A prediction is shown as label, score, probability, whatever order the columns were made in.
        string?[] first = [Prediction.PredictedLabel?.Name, Prediction.Score.Name, ColumnNames.Probability];

        return [.. outputs.OrderBy(column => Array.IndexOf(first, column.Name) is var rank and >= 0 ? rank : first.Length)];
    }
}
