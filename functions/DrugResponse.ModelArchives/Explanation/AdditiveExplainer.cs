using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Predictors;
using DrugResponse.ModelArchives.Scoring;
using DrugResponse.ModelArchives.Transforms;

namespace DrugResponse.ModelArchives.Explanation;

/// <summary>Explains models that are a constant plus one term per feature; exact.</summary>
internal sealed class AdditiveExplainer
{
    private readonly AdditivePredictor _predictor;
    private readonly ColumnSlots _features;
    private readonly int[] _inputOfFeature;
    private readonly int _inputs;

    private AdditiveExplainer(AdditivePredictor predictor, ColumnSlots features, int[] inputOfFeature, int inputs)
    {
        _predictor = predictor;
        _features = features;
        _inputOfFeature = inputOfFeature;
        _inputs = inputs;
    }

    public static AdditiveExplainer? TryCreate(BoundModel model, RowProgram program)
    {
        if (model.Prediction is not ScalarPredictionStep { Predictor: AdditivePredictor predictor } step)
            return null;

        var features = step.Inputs[0];
        var inputs = program.Inputs.Inputs;
        var positions = new Dictionary<string, int>();
        for (var input = 0; input < inputs.Count; input++)
            positions.Add(inputs[input].Name, input);

        var inputOfFeature = new int[features.Type.Slots];
        for (var feature = 0; feature < inputOfFeature.Length; feature++)
        {
            var origin = features.Origins[feature];
            if (origin == SlotOrigins.Mixed)
                return null;

            // An input that the result does not depend on is not asked for; what its features add is constant.
            inputOfFeature[feature] = origin >= 0 && positions.TryGetValue(model.Inputs[origin].Name, out var position) ? position : -1;
        }

        return new AdditiveExplainer(predictor, program.Find(features), inputOfFeature, inputs.Count);
    }

    public ModelExplanation Explain(RowState row)
    {
        var values = _features.Singles(row);
        var baseline = _predictor.Intercept;
        var contributions = new double[_inputs];

        for (var feature = 0; feature < values.Length; feature++)
        {
            var term = _predictor.Term(feature, values[feature]);
            if (_inputOfFeature[feature] < 0)
                baseline += term;
            else
                contributions[_inputOfFeature[feature]] += term;
        }

        return new ModelExplanation(baseline, contributions);
    }
}
