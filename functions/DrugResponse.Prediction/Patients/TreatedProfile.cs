using DrugResponse.Pharmacogenomics.Phenoconversion;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Patients;

/// <summary>The part of a profile that medications decide: what is or was taken of late, and what that does to phenotypes.</summary>
internal static class TreatedProfile
{
    private const int RecentDays = 30;

    /// <summary>The profile with the medications' part filled in.</summary>
    /// <param name="profile">The profile, with the genotype's part filled in.</param>
    /// <param name="clinical">The genotype under the same medications.</param>
    /// <param name="history">The medications; null when no list was given.</param>
    /// <param name="day">The day of the request.</param>
    public static PatientProfile With(
        PatientProfile profile, ClinicalGenotype clinical, IReadOnlyList<KnownMedication>? history, DateOnly day)
    {
        var phenotypes = new Dictionary<string, string>(StringComparer.Ordinal);
        var inhibited = new HashSet<string>(StringComparer.Ordinal);
        AddAll(clinical.Genes);
        AddAll(clinical.WithoutGenotype);
        return profile with
        {
            ClinicalPhenotypes = phenotypes,
            InhibitedWithoutGenotype = inhibited,
            ActiveMedications = history is null ? null : Names(history, day, since: null),
            RecentMedications = history is null ? null : Names(history, day, since: day.AddDays(-RecentDays)),
        };

        void AddAll(IReadOnlyList<ClinicalGeneResult> genes)
        {
            foreach (var gene in genes)
                Add(gene);
        }

        void Add(ClinicalGeneResult gene)
        {
            var symbol = gene.Gene.Symbol.Value;
            if (gene.Genetic is { AlleleStatuses.Count: > 0 })
                return;
            var term = gene.IsConverted ? GeneticProfile.TermOf(gene.ClinicalPhenotype) : profile.Phenotypes.GetValueOrDefault(symbol);
            if (term is not null)
                phenotypes.Add(symbol, term);
            else if (GeneticProfile.TermOf(gene.Genetic?.Phenotype) is null && gene.Conversions.Any(IsInhibition))
                inhibited.Add(symbol);
        }
    }

    private static bool IsInhibition(Conversion conversion) => conversion is { IsApplied: true, Rule.Effect: ModulatorEffect.Inhibitor };

    private static HashSet<string> Names(IReadOnlyList<KnownMedication> history, DateOnly day, DateOnly? since)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var medication in history)
        {
            if (since is { } from ? medication.WasTakenSince(from, day) : medication.IsTakenOn(day))
                names.UnionWith(medication.Use.Names);
        }

        return names;
    }
}
