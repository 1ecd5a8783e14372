using DrugResponse.Training.Additive;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>Moves what every patient has on average into the intercept, so that the baseline of an answer is the average patient.</summary>
internal static class Centring
{
    /// <summary>The same model with effects that average to zero over some rows.</summary>
    public static AdditiveModel Over(AdditiveModel model, IReadOnlyList<float[]> rows)
    {
        var intercept = model.Intercept;
        var shapes = new List<ShapeFunction>();
        foreach (var (column, shape) in model.Shapes.Index())
        {
            var mean = Math.Round(rows.Average(row => shape.Effect(row[column])), 6);
            intercept += mean;
            shapes.Add(shape with
            {
                Effects = [.. shape.Effects.Select(effect => Math.Round(effect - mean, 6) + 0)],
                MissingEffect = Math.Round(shape.MissingEffect - mean, 6) + 0,
            });
        }

        return new AdditiveModel(Math.Round(intercept, 6), shapes);
    }
}
