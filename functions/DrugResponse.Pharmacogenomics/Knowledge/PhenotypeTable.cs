using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>A gene's phenotype rules arranged for look-up without a search.</summary>
internal sealed class PhenotypeTable
{
    private readonly Dictionary<string, int> _functions = new(StringComparer.Ordinal);
    private readonly PhenotypeRule?[] _pairs;
    private readonly PhenotypeRule?[] _singles;
    private readonly PhenotypeRule[] _scores;
    private readonly PhenotypeRule[] _between;
    private readonly PhenotypeRule? _missing;

    public PhenotypeTable(Gene gene)
    {
        foreach (var rule in gene.Rules)
        {
            if (rule.Kind is PhenotypeRuleKind.FunctionPair or PhenotypeRuleKind.SingleFunction)
            {
                _functions.TryAdd(rule.First, _functions.Count);
                if (rule.Kind == PhenotypeRuleKind.FunctionPair)
                    _functions.TryAdd(rule.Second, _functions.Count);
            }
        }

        _pairs = new PhenotypeRule?[_functions.Count * _functions.Count];
        _singles = new PhenotypeRule?[_functions.Count];
        foreach (var rule in gene.Rules)
        {
            if (rule.Kind == PhenotypeRuleKind.FunctionPair)
            {
                _pairs[PairIndex(_functions[rule.First], _functions[rule.Second])] = rule;
                _pairs[PairIndex(_functions[rule.Second], _functions[rule.First])] = rule;
            }
            else if (rule.Kind == PhenotypeRuleKind.SingleFunction)
                _singles[_functions[rule.First]] = rule;
        }

        // The table lists ranges from the lowest to the highest.
        _scores = [.. gene.Rules.Where(r => r.Kind == PhenotypeRuleKind.Score)];
        _between = [.. gene.Rules.Where(r => r.Kind == PhenotypeRuleKind.ScoreBetween)];
        _missing = gene.Rules.FirstOrDefault(r => r.Kind == PhenotypeRuleKind.ScoreMissing);
    }

    /// <summary>The rule for a pair of functions, or null when there is none (a function is not assigned).</summary>
    public PhenotypeRule? ForPair(AlleleFunction first, AlleleFunction second) =>
        _functions.TryGetValue(first.Term, out var i) && _functions.TryGetValue(second.Term, out var j) ? _pairs[PairIndex(i, j)] : null;

    /// <summary>The rule for the function of a single copy, or null.</summary>
    public PhenotypeRule? ForSingle(AlleleFunction function) =>
        _functions.TryGetValue(function.Term, out var i) ? _singles[i] : null;

    /// <summary>
    /// The rule for a score: the published range that holds it, else the half-open class for values between those ranges. A lower bound is
    /// classified by its number. Null when no rule covers the number.
    /// </summary>
    public PhenotypeRule? ForScore(ActivityScore score)
    {
        if (score.IsMissing)
            return _missing;

        return Covering(_scores, score.Value) ?? Covering(_between, score.Value);
    }

    /// <summary>The phenotypes that a score allows: for a lower bound every class from its number upwards.</summary>
    public IReadOnlyList<Phenotype> PossibleFor(ActivityScore score) => PossibleFor(score, ForScore(score));

    /// <inheritdoc cref="PossibleFor(ActivityScore)"/>
    public IReadOnlyList<Phenotype> PossibleFor(ActivityScore score, PhenotypeRule? rule)
    {
        if (rule is null)
            return [];
        if (!score.IsLowerBound || ReferenceEquals(rule, _scores[^1]))
            return rule.PhenotypeList;

        return [rule.Phenotype, .. _scores.Where(r => r.Scores!.Min > score.Value).Select(r => r.Phenotype).Except([rule.Phenotype])];
    }

    /// <summary>Whether a score lies between the published ranges.</summary>
    public bool IsBetween(ActivityScore score) => !score.IsMissing && Covering(_scores, score.Value) is null;

    /// <summary>
    /// The half-open class of a score that halving may have put between the published ranges; null where a gene has none.
    /// </summary>
    public PhenotypeRule? ForConvertedScore(ActivityScore score) =>
        score.IsMissing ? _missing : Covering(_between, score.Value);

    private int PairIndex(int i, int j) => (i * _functions.Count) + j;

    private static PhenotypeRule? Covering(PhenotypeRule[] rules, decimal value)
    {
        foreach (var rule in rules)
        {
            if (rule.Scores!.Contains(value))
                return rule;
        }

        return null;
    }
}
