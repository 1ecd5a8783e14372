using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Predictors;
using DrugResponse.ModelArchives.Transforms;

namespace DrugResponse.ModelArchives.Explanation;

/// <summary>Reads the shape functions of a GAM in terms of the model's inputs.</summary>
internal static class ShapeReader
{
    /// <exception cref="ExplanationUnavailableException">The model is no GAM, or its features are not its inputs.</exception>
    public static ShapeFunctions Read(BoundModel model)
    {
        if (model.Prediction is not ScalarPredictionStep { Inputs.Count: 1 } step || step.Predictor is not GamPredictor gam)
        {
            var found = model.Prediction is ScalarPredictionStep scalar
                ? $"'{scalar.Predictor.Identity.LoaderSignature}'"
                : "a model of several scores";
            throw new ExplanationUnavailableException($"Only generalised additive models have shape functions; this is {found}.");
        }

        var tracer = new SlotTracer(model);
        var column = step.Inputs[0];
        var constant = gam.Intercept;
        var functions = new List<(int Position, InputShapeFunction Function)>();
        for (var slot = 0; slot < column.Type.Slots; slot++)
        {
            var (bounds, effects) = gam.ShapeOf(slot);
            if (effects.Length == 0)
                continue;
            if (!effects.AsSpan().ContainsAnyExcept(effects[0]))
                constant += effects[0];
            else
                functions.Add(Describe(tracer.Trace(column, slot), slot, bounds, effects));
        }

        var twice = functions.CountBy(static item => (item.Function.Input, item.Function.Slot)).FirstOrDefault(
            static count => count.Value > 1);
        if (twice.Value > 1)
            throw new ExplanationUnavailableException($"Several features are made of the input '{twice.Key.Input}'.");
        return new ShapeFunctions(constant, [.. functions.OrderBy(static item => item.Position).Select(static item => item.Function)]);
    }

    private static (int Position, InputShapeFunction Function) Describe(TracedSlot? traced, int slot, double[] bounds, double[] effects)
    {
        if (traced is not { } source || source.Operations.Any(static operation => operation.Kind != SlotOperationKind.Replace))
            throw new ExplanationUnavailableException($"Feature {slot} is computed from inputs, not an input as it is.");

        // A missing value has the effect of the first bin, unless it was replaced before.
        var missing = source.Operations is [var replacement, ..] ? EffectOf(replacement.First, bounds, effects) : effects[0];

        // No number lies below the least one: a first bin up to there is for missing values alone.
        var first = bounds[0] <= double.MinValue ? 1 : 0;
        return (
            source.Input.InputIndex, new InputShapeFunction(source.Input.Name, source.Slot, bounds[first..], effects[first..], missing));
    }

    private static double EffectOf(float value, double[] bounds, double[] effects)
    {
        var bin = Array.FindIndex(bounds, bound => value <= bound);
        return bin >= 0
            ? effects[bin]
            : throw new ExplanationUnavailableException("Missing values are replaced by one that the model does not take.");
    }
}
