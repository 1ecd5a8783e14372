using DrugResponse.Prediction.Features;

namespace DrugResponse.Training.Evidence;

/// <summary>
/// The risk of one endpoint as a sum on the log-odds scale: an intercept, and for each factor its log odds ratio times the factor's amount.
/// Everything is for the published event; <see cref="IsAbsenceOfEvent"/> says whether the endpoint is its absence. Immutable.
/// </summary>
internal sealed class RiskEquation
{
    private RiskEquation(OutcomeEvidence evidence, IReadOnlyList<RiskFactor> factors)
    {
        Evidence = evidence;
        Factors = factors;
        Baseline = new LogOddsEffect(EffectScale.Logit(evidence.Baseline), BaselineError(evidence.Basis));
    }

    /// <summary>What is published.</summary>
    public OutcomeEvidence Evidence { get; }

    /// <summary>The factors in the order of the table.</summary>
    public IReadOnlyList<RiskFactor> Factors { get; }

    /// <summary>Log-odds of the published rate in the reference group, with the spread that is given to it.</summary>
    public LogOddsEffect Baseline { get; }

    /// <summary>Whether the endpoint is that the event stays away.</summary>
    public bool IsAbsenceOfEvent => Evidence.IsAbsenceOfEvent;

    /// <summary>Whether nothing that differs between patients is known to change the risk.</summary>
    public bool HasNoFactors => Factors.All(static factor => factor.Feature is null);

    /// <summary>Features that the factors depend on, each once.</summary>
    public IReadOnlyList<Feature> Features => [.. Factors.Select(static factor => factor.Feature).OfType<Feature>().Distinct()];

    /// <summary>Makes the equation of an outcome.</summary>
    /// <exception cref="InvalidDataException">A factor names a feature that is not in the catalogue, or an effect cannot be converted.</exception>
    public static RiskEquation Of(OutcomeEvidence evidence)
    {
        var rows = evidence.Effects.Where(static row => row.LeftOut is null).ToList();
        return new RiskEquation(evidence, [.. rows.Select(row => ToFactor(row, evidence, rows))]);
    }

    /// <summary>
    /// The amount of each factor in the group that the baseline holds for; NaN for a factor that occurs in it as in the population.
    /// </summary>
    public double[] ReferenceAmounts()
    {
        var reference = Evidence.Reference;
        return [.. Factors.Select(factor =>
            reference.Fixed.TryGetValue(factor.Row.Factor, out var amount) ? amount
            : factor.Feature is null || reference.Without == ReferenceScope.Everything ? 0
            : reference.Without == ReferenceScope.Genotype && factor.IsGenotype ? 0
            : double.NaN)];
    }

    // A rate in another group of patients is never just the printed one, so even a printed rate has a spread.
    private static double BaselineError(EvidenceBasis basis) => basis switch
    {
        EvidenceBasis.Published => 0.2,
        EvidenceBasis.Derived => EffectScale.WithoutInterval,
        _ => EffectScale.Assumed,
    };

    private static RiskFactor ToFactor(EffectRow row, OutcomeEvidence evidence, List<EffectRow> rows)
    {
        Feature? feature = null;
        if (row.Term!.Feature is { } name && !FeatureCatalogue.TryGet(name, out feature))
            throw new InvalidDataException($"{evidence.Key}/{row.Factor} names the feature '{name}', which is not in the catalogue.");
        var follows = row.InStepWith is { } leader ? rows.FindIndex(each => each.Factor == leader) : -1;
        if (row.InStepWith is not null && follows < 0)
            throw new InvalidDataException($"{evidence.Key}/{row.Factor} is to move with '{row.InStepWith}', which is not in the equation.");
        return new RiskFactor(row, row.Term, feature, EffectScale.Of(row, evidence.Baseline), follows);
    }
}

/// <summary>One factor of a risk equation.</summary>
/// <param name="Row">The published effect.</param>
/// <param name="Term">How the amount depends on the feature.</param>
/// <param name="Feature">The feature; null for a factor that everybody has.</param>
/// <param name="Effect">Log odds ratio per unit of amount, with its standard error.</param>
/// <param name="Follows">Position of the factor whose draws this one follows in proportion; -1 when it is drawn by itself.</param>
internal sealed record RiskFactor(EffectRow Row, RiskTerm Term, Feature? Feature, LogOddsEffect Effect, int Follows)
{
    /// <summary>Whether the genotype decides over the amount.</summary>
    public bool IsGenotype => Feature is not null && Feature.Inputs.Any(static input => input.Gene is not null);
}
