using System.Globalization;

namespace DrugResponse.ModelArchives.Writing;

/// <summary>Checks a definition as a whole, so that one error names every fault.</summary>
internal static class DefinitionCheck
{
    /// <exception cref="ArgumentException">The definition has faults.</exception>
    public static void Require(ModelDefinition definition)
    {
        var faults = new List<string>();

        if (definition.Kind is not (PredictionKind.Binary or PredictionKind.Regression))
            faults.Add($"kind {definition.Kind} cannot be written, only {PredictionKind.Binary} and {PredictionKind.Regression}");
        if (definition.Kind != PredictionKind.Binary && definition.Calibration is not null)
            faults.Add("only a binary model has a calibrator");
        if (definition.Calibration is { } calibration && !(double.IsFinite(calibration.Slope) && double.IsFinite(calibration.Offset)))
            faults.Add("the calibrator's slope and offset must be finite");
        if (float.IsNaN(definition.Threshold))
            faults.Add("the threshold is NaN");

        CheckInputs(definition, faults);
        if (faults.Count == 0)
            CheckPredictor(definition, faults);

        if (faults.Count != 0)
            throw new ArgumentException($"The model cannot be written: {string.Join("; ", faults)}.", nameof(definition));
    }

    private static void CheckInputs(ModelDefinition definition, List<string> faults)
    {
        if (definition.Inputs.Count == 0)
            faults.Add("it has no inputs");

        foreach (var group in definition.Inputs.GroupBy(input => input.Name, StringComparer.Ordinal))
        {
            if (string.IsNullOrEmpty(group.Key))
                faults.Add("an input has no name");
            else if (group.Count() > 1)
                faults.Add($"input '{group.Key}' occurs {group.Count()} times");
        }

        foreach (var input in definition.Inputs.OfType<CategoricalInput>())
        {
            if (input.Categories.Count == 0 || input.Categories.Any(string.IsNullOrEmpty) || input.Categories.Distinct(StringComparer.Ordinal).Count() != input.Categories.Count)
                faults.Add($"the categories of input '{input.Name}' must be at least one, not empty, and all different");
        }

        foreach (var input in definition.Inputs.OfType<NumericInput>())
        {
            if (input.Replacement is { } replacement && !float.IsFinite(replacement))
                faults.Add($"the replacement of input '{input.Name}' must be finite");
        }
    }

    private static void CheckPredictor(ModelDefinition definition, List<string> faults)
    {
        switch (definition.Predictor)
        {
            case LinearDefinition linear:
                CheckCount("weights", linear.Weights.Count, definition.FeatureCount, faults);
                if (!float.IsFinite(linear.Bias) || !linear.Weights.All(float.IsFinite))
                    faults.Add("the bias and the weights must be finite");
                break;
            case GamDefinition gam:
                CheckCount("shape functions", gam.ShapeFunctions.Count, definition.FeatureCount, faults);
                if (!double.IsFinite(gam.Intercept))
                    faults.Add("the intercept must be finite");
                for (var feature = 0; feature < gam.ShapeFunctions.Count; feature++)
                    CheckShape(gam.ShapeFunctions[feature], feature, faults);
                break;
            case TreeEnsembleDefinition ensemble:
                if (ensemble.Trees.Count == 0)
                    faults.Add("the ensemble has no trees");
                for (var tree = 0; tree < ensemble.Trees.Count; tree++)
                    CheckTree(ensemble.Trees[tree], tree, definition.FeatureCount, faults);
                break;
        }
    }

    private static void CheckShape(ShapeFunctionDefinition? shape, int feature, List<string> faults)
    {
        if (shape is null)
            return;

        var bounds = shape.UpperBounds;
        if (bounds.Count == 0 || bounds.Count != shape.Effects.Count)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"the shape function of slot {feature} has {bounds.Count} bounds and {shape.Effects.Count} effects"));
            return;
        }

        var isAscending = !double.IsNaN(bounds[0]) && Enumerable.Range(1, bounds.Count - 1).All(bin => bounds[bin] > bounds[bin - 1]);
        if (!isAscending || !double.IsPositiveInfinity(bounds[^1]) || (bounds.Count > 1 && bounds[0] <= double.MinValue))
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"the bounds of slot {feature} must ascend from a finite number to positive infinity"));
        if (!shape.Effects.All(double.IsFinite) || !double.IsFinite(shape.MissingEffect))
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"the effects of slot {feature} must be finite"));
    }

    private static void CheckTree(TreeDefinition tree, int number, int features, List<string> faults)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"tree {number}");
        var splits = tree.Splits;

        if (splits.Count == 0 || tree.Leaves.Count != splits.Count + 1)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name} has {splits.Count} splits and {tree.Leaves.Count} leaves"));
            return;
        }

        // Positive infinity would leave no value for a missing one that is to go to the second child.
        if (splits.Any(split => (uint)split.Feature >= (uint)features || float.IsNaN(split.Threshold) || float.IsPositiveInfinity(split.Threshold)))
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"the splits of {name} must be on features below {features}, at thresholds that are numbers below infinity"));
        if (!tree.Leaves.All(double.IsFinite))
            faults.Add($"the leaves of {name} must be finite");

        // As many children as splits (but the root) and leaves, each once: with the root reached by none, that is a tree.
        var children = splits.SelectMany(split => new[] { split.FirstChild, split.SecondChild }).ToHashSet();
        var isComplete = Enumerable.Range(1, splits.Count - 1).All(children.Contains) && Enumerable.Range(0, tree.Leaves.Count).All(leaf => children.Contains(~leaf));
        if (!isComplete || HasCycle(splits))
            faults.Add($"the splits and leaves of {name} must each be reached once from split 0");
    }

    private static bool HasCycle(IReadOnlyList<SplitDefinition> splits)
    {
        var open = new Stack<int>([0]);
        var reached = 0;

        while (open.TryPop(out var split))
        {
            if (++reached > splits.Count)
                return true;
            foreach (var child in (ReadOnlySpan<int>)[splits[split].FirstChild, splits[split].SecondChild])
            {
                if (child >= 0)
                    open.Push(child);
            }
        }

        return reached != splits.Count;
    }

    private static void CheckCount(string what, int found, int expected, List<string> faults)
    {
        if (found != expected)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{found} {what} were given for {expected} feature slots"));
    }
}
