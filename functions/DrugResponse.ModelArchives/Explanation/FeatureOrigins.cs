using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Scoring;
using DrugResponse.ModelArchives.Transforms;

namespace DrugResponse.ModelArchives.Explanation;

/// <summary>Which input each feature slot of the predictor comes from, as a position among the inputs of the compiled model.</summary>
internal sealed class FeatureOrigins
{
    /// <summary>The slot depends on no input that the result depends on.</summary>
    public const int None = -1;

    private readonly int[] _inputs;

    private FeatureOrigins(int[] inputs, ColumnSlots features, int inputCount)
    {
        _inputs = inputs;
        Features = features;
        InputCount = inputCount;
    }

    /// <summary>Place of the feature vector; empty for a predictor that takes none.</summary>
    public ColumnSlots Features { get; }

    public int InputCount { get; }

    public int this[int slot] => _inputs[slot];

    /// <exception cref="ExplanationUnavailableException">Some slot depends on several inputs.</exception>
    public static FeatureOrigins Of(BoundModel model, ScalarPredictionStep step, RowProgram program)
    {
        var inputs = program.Inputs.Inputs;
        if (step.Inputs.Count == 0)
            return new FeatureOrigins([], new ColumnSlots(ValueKind.Single, 0, 0, -1, 0), inputs.Count);

        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var input = 0; input < inputs.Count; input++)
            positions.Add(inputs[input].Name, input);

        var column = step.Inputs[0];
        var origins = new int[column.Type.Slots];

        for (var slot = 0; slot < origins.Length; slot++)
        {
            var origin = column.Origins[slot];
            if (origin == SlotOrigins.Mixed)
                throw new ExplanationUnavailableException($"Feature {slot} of '{column.Name}' depends on several input columns.");

            origins[slot] = origin >= 0 ? positions.GetValueOrDefault(model.Inputs[origin].Name, None) : None;
        }

        return new FeatureOrigins(origins, program.Find(column), inputs.Count);
    }

    /// <summary>Adds slot-level contributions up to inputs; what belongs to none goes to the baseline.</summary>
    public ModelExplanation Combine(double baseline, ReadOnlySpan<double> slots)
    {
        var contributions = new double[InputCount];

        for (var slot = 0; slot < slots.Length; slot++)
        {
            if (_inputs[slot] == None)
                baseline += slots[slot];
            else
                contributions[_inputs[slot]] += slots[slot];
        }

        return new ModelExplanation(baseline, contributions);
    }
}
