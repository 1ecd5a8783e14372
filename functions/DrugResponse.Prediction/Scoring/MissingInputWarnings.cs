using System.Collections.Immutable;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Scoring;

/// <summary>
/// What a drug's models lacked. A feature that is not known is missed unless a stand-in is known in its place, and of several inputs only
/// those are named that were not given. Immutable and thread-safe.
/// </summary>
/// <param name="models">The drug's models.</param>
internal sealed class MissingInputWarnings(ImmutableArray<ScoredModel> models)
{
    private readonly WatchedInputs _inputs = new(models);

    /// <summary>Adds the warnings about the scores of one patient.</summary>
    /// <param name="warnings">Takes them.</param>
    /// <param name="patient">The patient.</param>
    /// <param name="scored">What each of the models said, in their order.</param>
    public void AddTo(List<Warning> warnings, PatientProfile patient, Scored[] scored)
    {
        var missing = new MissingInputs(_inputs, patient);
        foreach (var model in _inputs.Models)
        {
            var values = scored[model.Place].Result.Values;
            foreach (var feature in model.Features)
            {
                if (float.IsNaN(values[feature.Column]) && (feature.StandIn < 0 || float.IsNaN(values[feature.StandIn])))
                    missing.Add(feature);
            }
        }

        if (missing.Numbers.Count > 0)
            Describe(warnings, patient, missing.Numbers);
    }

    /// <summary>The sentence that says what follows from a lack of a gene.</summary>
    public static string Lacking(string lack) => $"{lack}; the models treat it as unknown and the intervals are wider.";

    private void Describe(List<Warning> warnings, PatientProfile patient, List<int> missing)
    {
        var isNamed = new bool[_inputs.Count];
        foreach (var number in missing)
        {
            var (input, samePath, _) = _inputs[number];
            if (input.Gene is not null || IsUnsaid(input) || isNamed[samePath])
                continue;
            isNamed[samePath] = true;
            warnings.Add(_inputs[number].NotGiven);
        }

        string[] unsaid = [.. missing.Select(number => _inputs[number].Input).Where(IsUnsaid).Select(static input => input.Condition!)];
        if (unsaid.Length > 0)
        {
            warnings.Add(new Warning(
                WarningCodes.MissingFeature,
                "/conditions",
                $"/conditions does not say whether these hold: {string.Join(", ", unsaid)}. The models treat them as unknown; "
                + $"'no {unsaid[0]}' says that one does not."));
        }

        foreach (var number in missing)
        {
            var (input, _, sameGene) = _inputs[number];
            if (input.Gene is not { } gene || isNamed[sameGene])
                continue;
            isNamed[sameGene] = true;
            warnings.Add(OfGene(patient, gene, number, missing));
        }

        // A list was given, but facts of this kind are known only when it states them.
        bool IsUnsaid(FeatureInput input) => input.Condition is not null && patient.Conditions is not null;
    }

    // "CYP2C19 was typed without excluding *2, *3"; "HLA-B *57:01, *58:01 was not given or not called".
    private Warning OfGene(PatientProfile patient, string gene, int first, List<int> missing)
    {
        var inputs = missing.Select(number => _inputs[number].Input).Where(input => input.Gene == gene);
        var isWholeGene = inputs.Any(static input => input.Allele is null);
        if (!isWholeGene)
            return Of($"{gene} {string.Join(", ", inputs.Select(static input => input.Allele))} was not given or not called");
        return patient.OpenAlleles.TryGetValue(gene, out var open)
            ? Of($"{gene} was typed without excluding {string.Join(", ", open)}")
            : _inputs[first].NotGiven;

        Warning Of(string lack) => new(WarningCodes.MissingGenotype, _inputs[first].Input.Path, Lacking(lack));
    }

    /// <summary>Collects the numbers of the parts that were not given, each once, in the order in which the features name them.</summary>
    private sealed class MissingInputs(WatchedInputs inputs, PatientProfile patient)
    {
        private readonly bool?[] _isGiven = new bool?[inputs.Count];
        private readonly bool[] _isListed = new bool[inputs.Count];

        public List<int> Numbers { get; } = [];

        // Where everything was given and the value is not known all the same, what was given does not decide it.
        public void Add(WatchedFeature feature)
        {
            var anyAbsent = false;
            foreach (var number in feature.Inputs)
            {
                if (IsGiven(number))
                    continue;
                anyAbsent = true;
                List(number);
            }

            if (anyAbsent)
                return;
            foreach (var number in feature.Inputs)
            {
                if (inputs[number].Input.Gene is not null)
                    List(number);
            }
        }

        private bool IsGiven(int number) => _isGiven[number] ??= GivenInputs.Has(patient, inputs[number].Input);

        private void List(int number)
        {
            if (_isListed[number])
                return;
            _isListed[number] = true;
            Numbers.Add(number);
        }
    }
}
