using DrugResponse.Pharmacogenomics.Phenoconversion;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Training.VirtualCohort;

/// <summary>
/// Describes a virtual patient as the service would understand a request about them, without what is hidden. Stateless and thread-safe.
/// </summary>
/// <param name="genes">The cohort's genes.</param>
internal sealed class ProfileMaker(IReadOnlyList<VirtualGene> genes)
{
    private static readonly HashSet<string> None = [];
    private static readonly HashSet<string> Cyp2d6Only = ["CYP2D6"];

    /// <summary>The profile of a patient.</summary>
    public PatientProfile Make(VirtualPatient patient, HiddenParts hidden)
    {
        var medications = hidden.Medications ? null : patient.Medications;
        var inhibition = medications is null ? null : CypInhibition.OfCyp2d6(medications);
        var description = new GeneDescription();
        for (var i = 0; i < genes.Count; i++)
            description.Add(genes[i], patient.Calls[i], hidden.Of(i), inhibition);

        return new PatientProfile
        {
            AgeYears = hidden.Age ? null : patient.Age,
            Sex = hidden.Sex ? null : patient.Sex,
            HeightCm = hidden.BodySize ? null : patient.Height,
            WeightKg = hidden.BodySize ? null : patient.Weight,
            Ancestry = hidden.Ancestry ? null : Ancestries.All[patient.Ancestry],
            EGfr = hidden.EGfr ? null : patient.EGfr,
            Smoker = hidden.Smoker ? null : patient.Smoker,
            ActiveMedications = medications,
            RecentMedications = medications,
            Outcomes = hidden.Medications ? null : patient.Outcomes,
            Conditions = hidden.Conditions ? null : patient.Conditions.Except(hidden.Facts).ToHashSet(StringComparer.Ordinal),
            AbsentConditions = hidden.Conditions ? None : AbsentFacts(patient, hidden),
            Measurements = hidden.Measurements ? new Dictionary<string, double>() : patient.Measurements,
            DosesMg = hidden.Doses ? new Dictionary<string, double>() : patient.Doses,
            Alleles = description.Alleles,
            Phenotypes = description.Phenotypes,
            ClinicalPhenotypes = description.ClinicalPhenotypes,
            ActivityScores = description.ActivityScores,
            HlaAlleles = description.HlaAlleles,
            InhibitedWithoutGenotype = description.IsCyp2d6InhibitedOnly ? Cyp2d6Only : None,
        };
    }

    /// <summary>Facts that are stated to be absent.</summary>
    public static HashSet<string> AbsentFacts(VirtualPatient patient, HiddenParts hidden) =>
        ConditionNames.StatedOnly.Except(patient.Conditions).Except(hidden.Facts).ToHashSet(StringComparer.Ordinal);

    private sealed class GeneDescription
    {
        private const string Cyp2d6 = "CYP2D6";
        private const string PoorMetabolizer = "Poor Metabolizer";

        public Dictionary<string, IReadOnlyList<string>> Alleles { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string> Phenotypes { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string> ClinicalPhenotypes { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, double> ActivityScores { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, bool> HlaAlleles { get; } = new(StringComparer.Ordinal);

        public bool IsCyp2d6InhibitedOnly { get; private set; }

        public void Add(VirtualGene gene, GeneCall call, GeneKnowledge knowledge, ModulatorStrength? inhibition)
        {
            if (gene.IsTypedByAllele)
            {
                AddHla(gene, call, knowledge);
                return;
            }

            if (knowledge == GeneKnowledge.Alleles && call.Alleles.Count > 0)
            {
                Alleles[gene.Symbol] = call.Alleles;
                if (call.ActivityScore is { } score)
                    ActivityScores[gene.Symbol] = score;
            }

            if (knowledge != GeneKnowledge.None && call.Phenotype is { } phenotype)
                Phenotypes[gene.Symbol] = phenotype;
            AddClinical(gene.Symbol, call, knowledge, gene.Symbol == Cyp2d6 ? inhibition : null);
        }

        private void AddClinical(string gene, GeneCall call, GeneKnowledge knowledge, ModulatorStrength? inhibition)
        {
            if (inhibition == ModulatorStrength.Strong)
            {
                ClinicalPhenotypes[gene] = PoorMetabolizer;
                return;
            }

            var isModerate = inhibition == ModulatorStrength.Moderate;
            IsCyp2d6InhibitedOnly |= isModerate && knowledge == GeneKnowledge.None;
            if (knowledge != GeneKnowledge.None && (isModerate ? call.InhibitedPhenotype : call.Phenotype) is { } phenotype)
                ClinicalPhenotypes[gene] = phenotype;
        }

        private void AddHla(VirtualGene gene, GeneCall call, GeneKnowledge knowledge)
        {
            if (knowledge == GeneKnowledge.None)
                return;
            foreach (var allele in gene.Alleles.Skip(1))
                HlaAlleles[$"{gene.Symbol}{allele}"] = call.Alleles.Contains(allele);
        }
    }
}
