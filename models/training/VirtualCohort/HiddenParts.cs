using DrugResponse.Prediction.Features;

namespace DrugResponse.Training.VirtualCohort;

/// <summary>What a caller does not say about a patient.</summary>
internal sealed record HiddenParts
{
    private static readonly string[] FactNames = [.. ConditionNames.StatedOnly.Order(StringComparer.Ordinal)];

    /// <summary>Everything is said.</summary>
    public static HiddenParts Nothing { get; } = new() { Genes = [] };

    /// <summary>How much is said of each gene, in the order of the cohort's genes; all of it where the list ends.</summary>
    public required IReadOnlyList<GeneKnowledge> Genes { get; init; }

    public bool Ancestry { get; init; }

    public bool Age { get; init; }

    public bool Sex { get; init; }

    public bool BodySize { get; init; }

    public bool EGfr { get; init; }

    public bool Smoker { get; init; }

    public bool Conditions { get; init; }

    /// <summary>Facts that are known only when stated and that are not, neither as present nor as absent.</summary>
    public IReadOnlySet<string> Facts { get; init; } = new HashSet<string>();

    public bool Medications { get; init; }

    public bool Measurements { get; init; }

    public bool Doses { get; init; }

    /// <summary>What a caller leaves out now and then: each part with the chance that suits it, independent of the patient.</summary>
    public static HiddenParts Draw(CohortRandom random, int genes) => new()
    {
        Genes = [.. Enumerable.Range(0, genes).Select(_ => random.Uniform() switch
        {
            < 0.25 => GeneKnowledge.None,
            < 0.33 => GeneKnowledge.Phenotype,
            _ => GeneKnowledge.Alleles,
        })],
        Ancestry = random.Chance(0.15),
        Age = random.Chance(0.05),
        Sex = random.Chance(0.05),
        BodySize = random.Chance(0.20),
        EGfr = random.Chance(0.25),
        Smoker = random.Chance(0.30),
        Conditions = random.Chance(0.25),
        Facts = FactNames.Where(_ => random.Chance(0.4)).ToHashSet(StringComparer.Ordinal),
        Medications = random.Chance(0.15),
        Measurements = random.Chance(0.40),
        Doses = random.Chance(0.40),
    };

    /// <summary>Only one gene is hidden.</summary>
    public static HiddenParts Gene(int hidden, int genes) => new()
    {
        Genes = [.. Enumerable.Range(0, genes).Select(gene => gene == hidden ? GeneKnowledge.None : GeneKnowledge.Alleles)],
    };

    /// <summary>How much is said of a gene.</summary>
    public GeneKnowledge Of(int gene) => gene < Genes.Count ? Genes[gene] : GeneKnowledge.Alleles;
}

/// <summary>How much is said of a gene.</summary>
internal enum GeneKnowledge
{
    /// <summary>The alleles.</summary>
    Alleles,

    /// <summary>The phenotype, without the alleles.</summary>
    Phenotype,

    /// <summary>Nothing.</summary>
    None,
}
