using System.Buffers;
using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Calibrators;
using DrugResponse.ModelArchives.Predictors.Ranks;
using DrugResponse.ModelArchives.Transforms;

namespace DrugResponse.ModelArchives.Scoring;

/// <summary>Scores rows in blocks, for predictors that have a form for it. Immutable; safe from any thread.</summary>
internal sealed class BlockScorer
{
    private readonly RowProgram _program;
    private readonly ScalarPredictionStep _step;
    private readonly Calibrator? _calibrator;
    private readonly ColumnPlan? _plan;
    private readonly ColumnSlots _features;
    private readonly int[] _used;

    private BlockScorer(RowProgram program, ScalarPredictionStep step, Calibrator? calibrator, ColumnPlan? plan, int[] used)
    {
        _program = program;
        _step = step;
        _calibrator = calibrator;
        _plan = plan;
        _features = program.Find(step.Inputs[0]);
        _used = used;
    }

    /// <summary>Prepares block scoring; null if the model needs more than its predictor and calibrator to get its results.</summary>
    public static BlockScorer? TryCreate(BoundModel model, RowProgram program)
    {
        if (model.Prediction is not ScalarPredictionStep { Inputs.Count: 1 } step
            || model.Score != step.Score
            || model.PredictedLabel != step.PredictedLabel
            || !TryFindCalibrator(model, step, out var calibrator))
            return null;

        var used = new bool[step.Inputs[0].Type.Slots];
        step.MarkUsed(used);
        var plan = ColumnPlan.TryCreate(model, step.Inputs[0], used, step.FormMatters, program.Inputs);

        // Without a plan the rows' forms are known only row by row.
        if (!step.Predictor.ScoresBlocks(plan?.HasBuiltForm ?? false) || (plan is null && step.FormMatters))
            return null;

        return new BlockScorer(program, step, calibrator, plan, [.. Enumerable.Range(0, used.Length).Where(slot => used[slot])]);
    }

    public void Score(ModelColumns columns, Span<ModelPrediction> predictions)
    {
        var block = ArrayPool<float>.Shared.Rent(_features.Length * RowBlock.Rows);
        Span<float> scores = stackalloc float[RowBlock.Rows];

        for (var first = 0; first < predictions.Length; first += RowBlock.Rows)
        {
            var rows = Math.Min(RowBlock.Rows, predictions.Length - first);

            if (_plan is not null)
                _plan.Run(columns.Singles, first, block);
            else
                FillByRow(columns, first, rows, block);

            _step.Predictor.ScoreBlock(block.AsSpan(0, _features.Length * RowBlock.Rows), _plan?.HasBuiltForm ?? false, scores);
            for (var row = 0; row < rows; row++)
                predictions[first + row] = Finish(scores[row]);
        }

        ArrayPool<float>.Shared.Return(block);
    }

    private static bool TryFindCalibrator(BoundModel model, ScalarPredictionStep step, out Calibrator? calibrator)
    {
        calibrator = (step as BinaryPrediction.Step)?.Calibrator;
        if (model.Probability == step.Probability)
            return true;

        calibrator = model.Steps.OfType<Calibration.Step>().LastOrDefault(later => later.Outputs[0] == model.Probability && later.Inputs[0] == step.Score)?.Calibrator;

        return calibrator is not null;
    }

    private void FillByRow(ModelColumns columns, int first, int rows, float[] block)
    {
        var state = _program.State;

        for (var row = 0; row < rows; row++)
        {
            columns.CopyTo(state, first + row);
            _program.RunFeatures(state);
            var features = _features.Singles(state);
            foreach (var slot in _used)
                block[(slot * RowBlock.Rows) + row] = features[slot];
        }

        // What lies behind the last row is scored as well, and thrown away; it need only be a number.
        for (var row = rows; row < RowBlock.Rows; row++)
        {
            foreach (var slot in _used)
                block[(slot * RowBlock.Rows) + row] = 0;
        }
    }

    private ModelPrediction Finish(float score)
    {
        var probability = _calibrator?.Calibrate(score) ?? float.NaN;

        return new ModelPrediction(score, probability, _step is BinaryPrediction.Step binary && binary.IsPositive(score, probability));
    }
}
