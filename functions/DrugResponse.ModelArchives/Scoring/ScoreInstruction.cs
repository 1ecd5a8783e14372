using DrugResponse.ModelArchives.Predictors;

namespace DrugResponse.ModelArchives.Scoring;

/// <summary>Applies a predictor of one score.</summary>
internal sealed class ScoreInstruction(ScalarPredictor predictor, ColumnSlots features, ColumnSlots score) : RowInstruction
{
    public override void Run(RowState row) => row.Singles[score.Offset] = predictor.Score(features.Features(row));
}
