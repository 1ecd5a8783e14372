namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>What a phenotype rule looks at.</summary>
public enum PhenotypeRuleKind
{
    /// <summary>The unordered pair of functions.</summary>
    FunctionPair,

    /// <summary>The function of a single copy.</summary>
    SingleFunction,

    /// <summary>The published range of scores that pairs of alleles can reach.</summary>
    Score,

    /// <summary>Half-open classes that also cover scores between the published ranges, as halving yields them.</summary>
    ScoreBetween,

    /// <summary>The score is n/a.</summary>
    ScoreMissing,

    /// <summary>A named allele is present or absent.</summary>
    Presence,
}
