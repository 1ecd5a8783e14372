using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>Everything the inputs say about one gene, before precedence decides.</summary>
internal sealed class GeneEvidence(Gene gene)
{
    public Gene Gene { get; } = gene;

    /// <summary>Equally possible diplotypes as given.</summary>
    public IReadOnlyList<Diplotype> Diplotypes { get; set; } = [];

    /// <summary>Variants of unknown phase as given, for genes that list them.</summary>
    public List<Haplotype>? Variants { get; set; }

    /// <summary>HLA alleles as given.</summary>
    public List<AlleleStatus>? Statuses { get; set; }

    public ActivityScore? Score { get; set; }

    public Phenotype? Phenotype { get; set; }

    public ObservedGenotype? Observed { get; set; }

    /// <summary>Whether an input says that the gene was not tested.</summary>
    public bool SaidNotTested { get; set; }

    /// <summary>Whether an input says that the assay gave no call.</summary>
    public bool SaidNotCalled { get; set; }

    public ObservedGenotype Observe() => Observed ??= new ObservedGenotype(Gene);
}
