using DrugResponse.ModelArchives.Calibrators;
using DrugResponse.ModelArchives.Predictors;

namespace DrugResponse.ModelArchives.Scoring;

/// <summary>Applies a predictor of one score and its calibrator, and cuts at a threshold.</summary>
internal sealed class BinaryInstruction(
    ScalarPredictor predictor,
    Calibrator? calibrator,
    ColumnSlots features,
    ColumnSlots score,
    ColumnSlots? probability,
    ColumnSlots label,
    float threshold,
    bool cutsProbability) : RowInstruction
{
    public override void Run(RowState row)
    {
        var value = predictor.Score(features.Features(row));
        row.Singles[score.Offset] = value;

        if (calibrator is not null)
        {
            var calibrated = calibrator.Calibrate(value);
            row.Singles[probability!.Value.Offset] = calibrated;
            if (cutsProbability)
                value = calibrated;
        }

        row.Integers[label.Offset] = value > threshold ? 1 : 0;
    }
}
