using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Explanation;
using DrugResponse.ModelArchives.Predictors;
using DrugResponse.ModelArchives.Predictors.Trees;
using DrugResponse.ModelArchives.Scoring;
using DrugResponse.ModelArchives.Transforms;

namespace DrugResponse.ModelArchives;

/// <summary>A model compiled for evaluation. Immutable; safe from any number of threads; a prediction allocates nothing.</summary>
public sealed class ModelScorer
{
    private readonly RowProgram _program;
    private readonly BoundModel _model;
    private readonly Lazy<ModelExplainer> _explainer;
    private readonly BlockScorer? _blocks;
    private readonly int _score;
    private readonly int _probability;
    private readonly int _label;
    private readonly int _keyLabel;

    internal ModelScorer(BoundModel model, RowProgram program)
    {
        _model = model;
        _program = program;
        Kind = model.Kind;
        _score = program.Find(model.Score!).Offset;
        _probability = model.Probability is null ? -1 : program.Find(model.Probability).Offset;
        _keyLabel = model.Prediction!.PredictedLabel is { Type.IsKey: true } key ? program.TryFind(key)?.Offset ?? -1 : -1;
        ClassCount = model.Prediction is ScalarPredictionStep ? 0 : model.Prediction.Score.Type.Slots;
        ClassNames = model.Prediction.PredictedLabel?.KeyValues is { Item: ColumnItemType.Text } names ? names.Texts.ToArray() : [];
        _label = model.Kind is PredictionKind.Binary or PredictionKind.Anomaly ? program.Find(model.PredictedLabel!).Offset : -1;
        _blocks = BlockScorer.TryCreate(model, program);
        _explainer = new Lazy<ModelExplainer>(() => CreateExplainer((IReadOnlyList<float[]>)[]));
    }

    /// <summary>What the model predicts.</summary>
    public PredictionKind Kind { get; }

    /// <summary>Whether predictions have a probability.</summary>
    public bool IsCalibrated => _probability >= 0;

    /// <summary>Number of classes or clusters; 0 for models of one score.</summary>
    public int ClassCount { get; }

    /// <summary>What the classes stand for, in order; empty if the archive does not say, or says it in numbers.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The inputs that the result depends on, in the order in which their values are given; a vector gives its slots one after the other.</summary>
    public IReadOnlyList<ModelInput> Inputs => _program.Inputs.Inputs;

    /// <summary>Whether all inputs are of type Single, so that a row can be given as a span of numbers.</summary>
    public bool AcceptsNumbers => _program.Inputs.IsAllSingle;

    /// <summary>Length of a row given as a span of numbers: the slots of all <see cref="Inputs"/>.</summary>
    public int RowLength => _program.Inputs.Singles;

    /// <summary>Makes an empty row for inputs of any type.</summary>
    public ModelRow CreateRow() => new(_program.Inputs);

    /// <summary>Scores a row of numbers.</summary>
    /// <param name="inputs">One value per slot of <see cref="Inputs"/>, in order; NaN means missing.</param>
    /// <exception cref="ArgumentException">The length differs from <see cref="RowLength"/>.</exception>
    /// <exception cref="InvalidOperationException">Some inputs are not of type Single, or the model has a score per class.</exception>
    /// <exception cref="ModelInputException">A value lies outside what the model can take.</exception>
    public ModelPrediction Predict(ReadOnlySpan<float> inputs)
    {
        RequireOneScore();

        return Result(Run(inputs));
    }

    /// <summary>Scores a row.</summary>
    /// <param name="row">A row that this scorer made.</param>
    /// <exception cref="ArgumentException">The row was made by another scorer.</exception>
    /// <exception cref="InvalidOperationException">The model has a score per class.</exception>
    /// <exception cref="ModelInputException">An input without a missing value is not set, or a value lies outside what the model can take.</exception>
    public ModelPrediction Predict(ModelRow row)
    {
        RequireOneScore();

        return Result(Run(row));
    }

    /// <summary>Makes an empty set of columns for so many rows.</summary>
    public ModelColumns CreateColumns(int rowCount) => new(_program.Inputs, rowCount);

    /// <summary>Scores many rows, with the same results to the last bit as row by row; trees, linear models and GAMs several rows at a time.</summary>
    /// <param name="columns">Columns that this scorer made.</param>
    /// <param name="predictions">Takes one prediction per row.</param>
    /// <exception cref="ArgumentException">The columns were made by another scorer, or the lengths differ.</exception>
    /// <exception cref="InvalidOperationException">The model has a score per class.</exception>
    /// <exception cref="ModelInputException">An input without a missing value is not set, or a value lies outside what the model can take.</exception>
    public void Predict(ModelColumns columns, Span<ModelPrediction> predictions)
    {
        ArgumentNullException.ThrowIfNull(columns);
        RequireOneScore();
        if (columns.Layout != _program.Inputs)
            throw new ArgumentException("The columns were made by another scorer.", nameof(columns));
        if (columns.RowCount != predictions.Length)
            throw new ArgumentException($"There are {columns.RowCount} rows, but room for {predictions.Length} predictions.", nameof(predictions));

        columns.RequireComplete();
        if (_blocks is not null)
        {
            _blocks.Score(columns, predictions);
            return;
        }

        var state = _program.State;
        for (var row = 0; row < predictions.Length; row++)
        {
            columns.CopyTo(state, row);
            _program.Run(state);
            predictions[row] = Result(state);
        }
    }

    /// <summary>Scores a row of numbers for every class, or its squared distance to every cluster.</summary>
    /// <param name="inputs">One value per slot of <see cref="Inputs"/>, in order; NaN means missing.</param>
    /// <param name="scores">Takes one score per class, <see cref="ClassCount"/> of them.</param>
    /// <returns>Position of the predicted class; -1 if no score is a number.</returns>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    /// <exception cref="InvalidOperationException">Some inputs are not of type Single, or the model has one score only.</exception>
    public int PredictClasses(ReadOnlySpan<float> inputs, Span<float> scores)
    {
        RequireClasses(scores.Length);

        return Classes(Run(inputs), scores);
    }

    /// <summary>Scores a row for every class, or its squared distance to every cluster.</summary>
    /// <param name="row">A row that this scorer made.</param>
    /// <param name="scores">Takes one score per class, <see cref="ClassCount"/> of them.</param>
    /// <returns>Position of the predicted class; -1 if no score is a number.</returns>
    /// <exception cref="ArgumentException">The row was made by another scorer, or the length is wrong.</exception>
    /// <exception cref="InvalidOperationException">The model has one score only.</exception>
    /// <exception cref="ModelInputException">An input without a missing value is not set, or a value lies outside what the model can take.</exception>
    public int PredictClasses(ModelRow row, Span<float> scores)
    {
        RequireClasses(scores.Length);

        return Classes(Run(row), scores);
    }

    /// <summary>Splits the raw score of a row of numbers into a baseline and a contribution of each of <see cref="Inputs"/>.</summary>
    /// <remarks>
    /// Without a background set this is possible for linear models and GAMs only: the baseline is their constant, and an input
    /// contributes what its features add to it.
    /// </remarks>
    /// <inheritdoc cref="Predict(ReadOnlySpan{float})"/>
    /// <exception cref="ExplanationUnavailableException">The model cannot be explained in this way; the message says why.</exception>
    public ModelExplanation Explain(ReadOnlySpan<float> inputs) => _explainer.Value.Explain(inputs);

    /// <summary>Splits the raw score of a row into a baseline and a contribution of each of <see cref="Inputs"/>.</summary>
    /// <remarks>
    /// Without a background set this is possible for linear models and GAMs only: the baseline is their constant, and an input
    /// contributes what its features add to it.
    /// </remarks>
    /// <inheritdoc cref="Predict(ModelRow)"/>
    /// <exception cref="ExplanationUnavailableException">The model cannot be explained in this way; the message says why.</exception>
    public ModelExplanation Explain(ModelRow row) => _explainer.Value.Explain(row);

    /// <summary>Scores a row of numbers and splits its raw score, at little more than the cost of one of the two.</summary>
    /// <inheritdoc cref="Explain(ReadOnlySpan{float})"/>
    public (ModelPrediction Prediction, ModelExplanation Explanation) PredictExplained(ReadOnlySpan<float> inputs)
    {
        RequireOneScore();
        var explainer = _explainer.Value;
        var row = Run(inputs);

        return (Result(row), explainer.Explain(row));
    }

    /// <summary>The shape functions of a generalised additive model, of which its raw score is the sum.</summary>
    /// <exception cref="ExplanationUnavailableException">
    /// The model is of another kind, or its features are computed; the message says why.
    /// </exception>
    public ShapeFunctions GetShapeFunctions() => ShapeReader.Read(_model);

    /// <summary>Makes an explainer over a background set of rows of numbers.</summary>
    /// <param name="background">1 to 100 rows, each as for <see cref="Predict(ReadOnlySpan{float})"/>: what "usual" rows look like.</param>
    /// <exception cref="ArgumentException">There are too many rows, or one is of the wrong length.</exception>
    /// <exception cref="InvalidOperationException">Some inputs are not of type Single.</exception>
    /// <exception cref="ExplanationUnavailableException">The model cannot be explained, or it is made of trees and there is no background.</exception>
    public ModelExplainer CreateExplainer(IReadOnlyList<float[]> background)
    {
        ArgumentNullException.ThrowIfNull(background);

        return CreateExplainer(background.Count, index => Run(background[index]));
    }

    /// <summary>Makes an explainer over a background set of rows.</summary>
    /// <param name="background">1 to 100 rows that this scorer made: what "usual" rows look like. Their values are copied.</param>
    /// <exception cref="ArgumentException">There are too many rows, or one was made by another scorer.</exception>
    /// <exception cref="ExplanationUnavailableException">The model cannot be explained, or it is made of trees and there is no background.</exception>
    public ModelExplainer CreateExplainer(IReadOnlyList<ModelRow> background)
    {
        ArgumentNullException.ThrowIfNull(background);

        return CreateExplainer(background.Count, index => Run(background[index]));
    }

    internal RowState Run(ReadOnlySpan<float> inputs)
    {
        if (!AcceptsNumbers)
            throw new InvalidOperationException("Some inputs are not of type Single; fill a row from CreateRow instead.");
        if (inputs.Length != RowLength)
            throw new ArgumentException($"A row of {RowLength} numbers is needed, {inputs.Length} were given.", nameof(inputs));

        var row = _program.State;
        inputs.CopyTo(row.Singles);
        _program.Run(row);

        return row;
    }

    internal RowState Run(ModelRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Layout != _program.Inputs)
            throw new ArgumentException("The row was made by another scorer.", nameof(row));

        var state = _program.State;
        row.CopyTo(state);
        _program.Run(state);

        return state;
    }

    private ModelPrediction Result(RowState row) => new(
        row.Singles[_score],
        _probability < 0 ? float.NaN : row.Singles[_probability],
        _label >= 0 && row.Integers[_label] != 0);

    private int Classes(RowState row, Span<float> scores)
    {
        row.Singles.AsSpan(_score, ClassCount).CopyTo(scores);

        return (int)row.Integers[_keyLabel] - 1;
    }

    private void RequireClasses(int length)
    {
        if (ClassCount == 0)
            throw new InvalidOperationException("The model has one score only; use Predict.");
        if (length != ClassCount)
            throw new ArgumentException($"Room for {ClassCount} scores is needed, there is room for {length}.", nameof(length));
    }

    private void RequireOneScore()
    {
        if (ClassCount != 0)
            throw new InvalidOperationException("The model has a score per class; use PredictClasses.");
    }

    private ModelExplainer CreateExplainer(int rows, Func<int, RowState> run)
    {
        if (rows > ModelExplainer.MostBackgroundRows)
            throw new ArgumentException($"A background set has at most {ModelExplainer.MostBackgroundRows} rows, {rows} were given.");
        if (_model.Prediction is not ScalarPredictionStep step)
            throw new ExplanationUnavailableException("The model has a score per class, not one that could be split.");

        var origins = FeatureOrigins.Of(_model, step, _program);
        var background = new float[rows][];
        for (var row = 0; row < rows; row++)
            background[row] = origins.Features.Singles(run(row)).ToArray();

        SlotExplainer explainer = step.Predictor switch
        {
            AdditivePredictor additive => new AdditiveExplainer(additive, background),
            TreePredictor when rows == 0 => throw new ExplanationUnavailableException(
                "The score of a tree ensemble can be split only against a background set: the archive does not say how many rows went each way at a split. Use CreateExplainer."),
            TreePredictor trees => new TreeExplainer(trees, background),
            var other => throw new ExplanationUnavailableException($"The score of '{other.Identity.LoaderSignature}' is neither a sum over features nor made by trees."),
        };

        return new ModelExplainer(this, explainer, origins);
    }
}
