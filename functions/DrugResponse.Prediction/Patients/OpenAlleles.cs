using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Prediction.Patients;

/// <summary>
/// What a typing by variants left open: the alleles that every test of the gene should exclude (AMP tier 1, and common alleles of genes
/// without tiers), that were not excluded, and that could lie where another allele was called because the two agree at every position that
/// was typed. An unchanged strand is called <c>*1</c> whatever was not looked at.
/// </summary>
/// <param name="Alleles">Their names; empty for a typing that leaves none open.</param>
/// <param name="ChangesPhenotype">Whether one of them would give another phenotype than the one that was called.</param>
internal sealed record OpenAlleles(IReadOnlyList<string> Alleles, bool ChangesPhenotype)
{
    private static readonly OpenAlleles None = new([], false);

    /// <summary>What the typing of a gene left open.</summary>
    public static OpenAlleles Of(GeneResult result)
    {
        if (result.MissingPositions.Count == 0 || result.Candidates.Count == 0)
            return None;
        var notExcluded = result.MissingPositions
            .SelectMany(static position => position.AllelesNotExcluded)
            .ToHashSet(StringComparer.Ordinal);
        var required = result.Gene.Exemptions
            .Where(exemption => exemption.Kind is CallingExemption.Tier1Allele or CallingExemption.CommonAllele)
            .Where(exemption => notExcluded.Contains(exemption.Value))
            .Select(exemption => result.Gene.FindHaplotype(exemption.Value)!)
            .ToArray();
        if (required.Length == 0)
            return None;

        var typing = new Typing(result);
        Replacement[] replacements =
        [
            .. result.Candidates.SelectMany(candidate => Strands(candidate.Diplotype), (candidate, strand) => (candidate, strand))
                .SelectMany(item => required
                    .Where(allele => typing.CannotTellApart(item.strand.Called, allele))
                    .Select(allele => new Replacement(item.candidate, item.strand.Other, allele))),
        ];
        return new OpenAlleles(
            [.. replacements.Select(static each => each.Allele).Distinct().Order().Select(static allele => allele.Name)],
            replacements.Any(each => each.ChangesPhenotype(result.Gene)));
    }

    private static IEnumerable<(Haplotype Called, Haplotype? Other)> Strands(Diplotype diplotype) => diplotype.Second is { } second
        ? [(diplotype.First, second), (second, diplotype.First)]
        : [(diplotype.First, null)];

    /// <summary>An allele in the place of one that was called.</summary>
    private sealed record Replacement(DiplotypeInterpretation Called, Haplotype? Other, Haplotype Allele)
    {
        public bool ChangesPhenotype(Gene gene) =>
            PhenotypeAssigner.Assign(gene, new Diplotype(Allele, Other)).Phenotype != Called.Phenotype;
    }

    /// <summary>The positions of a gene that were typed, and what alleles have there.</summary>
    private sealed class Typing
    {
        private readonly Gene _gene;
        private readonly VariantPosition[] _positions;
        private readonly Dictionary<VariantPosition, IReadOnlyList<string>> _reference;

        public Typing(GeneResult result)
        {
            _gene = result.Gene;
            var untyped = result.MissingPositions.Select(static position => position.Name).ToHashSet(StringComparer.Ordinal);
            _positions = [.. _gene.Positions.Where(position => !untyped.Contains(position.Name))];
            _reference = _gene.Reference is { } reference ? BasesOf(reference) ?? [] : [];
        }

        /// <summary>Whether two different alleles have the same bases wherever the gene was typed.</summary>
        public bool CannotTellApart(Haplotype called, Haplotype other)
        {
            if (called.Equals(other) || BasesOf(called) is not { } basesOfCalled || BasesOf(other) is not { } basesOfOther)
                return false;
            foreach (var position in _positions)
            {
                if (!At(position, basesOfCalled).Intersect(At(position, basesOfOther), StringComparer.Ordinal).Any())
                    return false;
            }

            return true;
        }

        private IReadOnlyList<string> At(VariantPosition position, Dictionary<VariantPosition, IReadOnlyList<string>> bases) =>
            bases.GetValueOrDefault(position) ?? _reference.GetValueOrDefault(position) ?? [position.Ref];

        private Dictionary<VariantPosition, IReadOnlyList<string>>? BasesOf(Haplotype allele) =>
            _gene.DefinitionOf(allele.Name)?.ToDictionary(static variant => variant.Position, static variant => variant.Bases);
    }
}
