using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Pharmacogenomics.Phenoconversion;

/// <summary>
/// Works out what co-medication makes of a genotype. Only CYP2D6 has a published conversion (CPIC's opioid guideline, PMID 33387367): a
/// strong inhibitor sets the activity score to 0, a moderate one halves it, weak ones do nothing, and the enzyme cannot be induced. For
/// other genes the phenotype stays and a warning with its source follows.
/// </summary>
/// <remarks>
/// Of several inhibitors the strongest decides; two of the same strength do not add up, as no source says that they do. The genetic
/// result is always kept. Pure; safe to call from any thread.
/// </remarks>
public static class Phenoconverter
{
    /// <summary>Applies a medication history to a genotype.</summary>
    /// <param name="genotype">The genetic results.</param>
    /// <param name="uses">What the patient takes or took.</param>
    /// <param name="asOf">The day for which the answer holds.</param>
    /// <returns>Each gene's genetic and clinical result.</returns>
    public static ClinicalGenotype Convert(GenotypeInterpretation genotype, IReadOnlyList<MedicationUse> uses, DateOnly asOf)
    {
        ArgumentNullException.ThrowIfNull(genotype);
        ArgumentNullException.ThrowIfNull(uses);

        var table = PerpetratorTable.Default;
        var perpetrations = uses.Count == 0 ? [] : Exposure.On(uses, asOf, table);
        List<ClinicalGeneResult> genes = new(genotype.Genes.Count);
        foreach (var result in genotype.Genes)
            genes.Add(Convert(result, Conversions(result.Gene, perpetrations, table)));

        List<ClinicalGeneResult> without = [];
        foreach (var symbol in perpetrations.Count == 0 ? [] : table.Genes)
        {
            if (genotype.Find(symbol.Value) is not null)
                continue;
            if (WithoutGenotype(KnowledgeBase.Default.FindGene(symbol)!, perpetrations, table) is { } inferred)
                without.Add(inferred);
        }

        return new ClinicalGenotype { Genetic = genotype, Genes = genes, WithoutGenotype = without };
    }

    private static ClinicalGeneResult Convert(GeneResult result, IReadOnlyList<Conversion> conversions)
    {
        var applied = conversions.Count == 0 ? null : conversions.FirstOrDefault(c => c.IsApplied);
        if (applied is null)
        {
            return new ClinicalGeneResult
            {
                Gene = result.Gene,
                Genetic = result,
                ClinicalActivityScore = result.ActivityScore,
                ClinicalPhenotype = result.Phenotype,
                PossibleClinicalPhenotypes = result.PossiblePhenotypes,
                Conversions = conversions,
            };
        }

        var converted = ScoreConversion.Apply(result, applied.Rule.Factor!.Value);
        return new ClinicalGeneResult
        {
            Gene = result.Gene,
            Genetic = result,
            ClinicalActivityScore = converted.Score,
            ClinicalPhenotype = converted.Phenotype,
            PossibleClinicalPhenotypes = converted.Possible,
            Conversions = conversions,
        };
    }

    /// <summary>What is said of a gene without a genotype: a factor of 0 decides the phenotype, anything else only warns.</summary>
    private static ClinicalGeneResult? WithoutGenotype(Gene gene, List<Perpetration> perpetrations, PerpetratorTable table)
    {
        var conversions = Conversions(gene, perpetrations, table);
        if (conversions.Count == 0)
            return null;
        if (!conversions.Any(c => c.IsApplied && c.Rule.Factor == 0m))
            return new ClinicalGeneResult { Gene = gene, Genetic = null, Conversions = conversions };

        var score = ActivityScore.Of(0m);
        var phenotype = gene.PhenotypeTable.ForConvertedScore(score)!.Phenotype;
        return new ClinicalGeneResult
        {
            Gene = gene,
            Genetic = null,
            ClinicalActivityScore = score,
            ClinicalPhenotype = phenotype,
            PossibleClinicalPhenotypes = [phenotype],
            Conversions = conversions,
        };
    }

    /// <summary>One conversion for each effect on the gene: inhibitors and inducers apart, each by its strongest drug.</summary>
    private static IReadOnlyList<Conversion> Conversions(Gene gene, List<Perpetration> perpetrations, PerpetratorTable table)
    {
        var rules = table.RulesOf(gene.Symbol);
        if (Acting(perpetrations, rules) is not { } acting)
            return [];

        List<Conversion> conversions = [];
        foreach (var effect in acting.Select(p => p.Drug.Effect).Distinct().Order())
        {
            var ofEffect = acting.FindAll(p => p.Drug.Effect == effect);
            var rulesOfEffect = rules.Where(r => r.Effect == effect).ToArray();
            Add(conversions, gene, [.. ofEffect.Where(p => IsCertain(p.State))], rulesOfEffect, certain: true);
            Add(conversions, gene, [.. ofEffect.Where(p => !IsCertain(p.State))], rulesOfEffect, certain: false);
        }

        return conversions;
    }

    /// <summary>The perpetrations that some rule of a gene speaks of; null for none, as for most genes.</summary>
    private static List<Perpetration>? Acting(List<Perpetration> perpetrations, IReadOnlyList<ConversionRule> rules)
    {
        List<Perpetration>? acting = null;
        foreach (var perpetration in perpetrations)
        {
            if (IsRuled(perpetration.Drug, rules))
                (acting ??= []).Add(perpetration);
        }

        return acting;
    }

    private static bool IsRuled(PerpetratorDrug drug, IReadOnlyList<ConversionRule> rules)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i].Target == drug.Target && rules[i].Effect == drug.Effect)
                return true;
        }

        return false;
    }

    private static void Add(
        List<Conversion> conversions, Gene gene, Perpetration[] acting, ConversionRule[] rules, bool certain)
    {
        foreach (var group in acting.GroupBy(p => p.Drug.Strength).OrderByDescending(g => g.Key))
        {
            if (rules.FirstOrDefault(r => r.Strength == group.Key) is not { Outcome: not ConversionOutcome.None } rule)
                continue;

            var isApplied = certain && rule.Outcome == ConversionOutcome.ScoreFactor;
            conversions.Add(new Conversion([.. group], rule, isApplied, ConversionText.Describe(gene, [.. group], rule, isApplied)));

            // The strongest decides; weaker ones of the same effect add nothing that a source would tell.
            return;
        }
    }

    private static bool IsCertain(ExposureState state) => state is ExposureState.Taken or ExposureState.WashingOut;
}
