using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Medications;
using DrugResponse.Pharmacogenomics.Phenoconversion;

namespace DrugResponse.Pharmacogenomics.Guidance;

/// <summary>
/// Looks up what the guidelines say of a drug for a patient's results: all genes of a rule together, by genetic and by clinical results
/// side by side, for every population that fits. Nothing found is said as such, never as safe.
/// </summary>
/// <remarks>Pure; safe to call from any thread.</remarks>
public static class GuidanceLookup
{
    /// <summary>More rows than this from one ambiguous result say nothing useful.</summary>
    private const int MaxCombinations = 4096;

    /// <summary>Finds the guidance for a drug.</summary>
    /// <param name="drug">The drug by any name that <see cref="MedicationResolver"/> knows.</param>
    /// <param name="genotype">The patient's genetic and clinical results.</param>
    /// <param name="context">What else is known of the patient; null for nothing.</param>
    /// <returns>The recommendations that apply, or why there are none.</returns>
    public static DrugGuidance Find(string drug, ClinicalGenotype genotype, GuidanceContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(drug);
        ArgumentNullException.ThrowIfNull(genotype);

        context ??= GuidanceContext.Unknown;
        var substance = SubstanceCatalogue.Default.FindByName(drug);
        if (substance is null)
            return new DrugGuidance(drug, GuidanceStatus.UnknownDrug, [], []);
        if (substance.Name == WarfarinGuidance.Drug)
            return WarfarinGuidance.Find(genotype, context);

        var sets = RecommendationTable.Default.SetsOf(substance.Name);
        if (sets.Count == 0)
            return new DrugGuidance(substance.Name, GuidanceStatus.NoGuideline, [], []);

        List<GuidanceMatch> matches = [];
        var anyTested = false;
        foreach (var set in sets)
            anyTested |= AddMatches(matches, set, genotype, PopulationFilter.Fits(set.Population, context));

        List<GeneSymbol> needed = [];
        foreach (var set in sets)
        {
            foreach (var gene in set.Genes)
            {
                if (!HasResult(genotype, gene) && !needed.Contains(gene))
                    needed.Add(gene);
            }
        }

        var status = matches.Count > 0 ? GuidanceStatus.Found
            : anyTested ? GuidanceStatus.NoGuidelineAction
            : GuidanceStatus.GenotypeMissing;
        return new DrugGuidance(substance.Name, status, matches, needed);
    }

    /// <returns>Whether any gene of the table has a result.</returns>
    private static bool AddMatches(List<GuidanceMatch> matches, RecommendationSet set, ClinicalGenotype genotype, bool fits)
    {
        var genetic = new GeneKeys[set.Genes.Count];
        var clinical = new GeneKeys[genetic.Length];
        var isConverted = false;
        for (var i = 0; i < genetic.Length; i++)
        {
            var gene = set.Genes[i].Value;
            genetic[i] = clinical[i] = KeyFinder.ForGenetic(genotype.Genetic.Find(gene), set.Keys[i]);
            if (genotype.Find(gene) is not { IsConverted: true } result)
                continue;
            clinical[i] = KeyFinder.ForClinical(result, set.Keys[i]);
            isConverted = true;
        }

        var tested = IsAnyTested(genetic) || IsAnyTested(clinical);
        if (!fits || !tested)
            return tested;

        var byGenes = IsAnyTested(genetic) ? Rows(set, genetic) : [];
        var byClinic = !isConverted ? byGenes : IsAnyTested(clinical) ? Rows(set, clinical) : [];
        foreach (var row in byGenes)
        {
            var basis = byClinic.Contains(row) ? GuidanceBasis.Both : GuidanceBasis.Genetic;
            matches.Add(new GuidanceMatch(row, basis, Reservations(genetic)));
        }

        foreach (var row in byClinic)
        {
            if (!byGenes.Contains(row))
                matches.Add(new GuidanceMatch(row, GuidanceBasis.Clinical, Reservations(clinical)));
        }

        return tested;
    }

    private static bool IsAnyTested(GeneKeys[] genes) => Array.Exists(genes, static gene => gene.IsTested);

    private static string[] Reservations(GeneKeys[] keys) =>
        Array.TrueForAll(keys, static k => k.Reservations.Count == 0) ? [] : [.. keys.SelectMany(k => k.Reservations).Distinct()];

    /// <summary>The rows for every combination of keys; rows of one phenotype that ask for the same are reported once.</summary>
    private static List<Recommendation> Rows(RecommendationSet set, GeneKeys[] genes)
    {
        if (genes.Aggregate(1L, (product, g) => product * g.Keys.Count) > MaxCombinations)
            return [];

        List<Recommendation> rows = [];
        var chosen = new string[genes.Length];
        Combine(0);
        return rows;

        void Combine(int gene)
        {
            if (gene < genes.Length)
            {
                foreach (var key in genes[gene].Keys)
                {
                    chosen[gene] = key;
                    Combine(gene + 1);
                }
            }
            else if (set.Find(chosen) is { } row && !rows.Exists(r => AskForTheSame(r, row)))
                rows.Add(row);
        }
    }

    private static bool AskForTheSame(Recommendation one, Recommendation other) =>
        ReferenceEquals(one.Action, other.Action) && one.Keys.Select(k => k.Phenotype).SequenceEqual(other.Keys.Select(k => k.Phenotype));

    private static bool HasResult(ClinicalGenotype genotype, GeneSymbol gene) =>
        genotype.Find(gene.Value) is { } result
        && (result.PossibleClinicalPhenotypes.Count > 0 || result.Genetic is { AlleleStatuses.Count: > 0 } or { Candidates.Count: > 0 });
}
