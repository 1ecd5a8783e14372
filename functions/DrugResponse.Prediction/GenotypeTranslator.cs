using DrugResponse.Contracts.Genotypes;
using DrugResponse.Prediction.Answers;
using DrugResponse.Prediction.Patients;

namespace DrugResponse.Prediction;

/// <summary>Says what a genotype means: phenotypes, and guidance for the drugs asked for. Pure and thread-safe.</summary>
public static class GenotypeTranslator
{
    /// <summary>Translates one genotype.</summary>
    /// <param name="reading">The genotype, medications and drugs as understood.</param>
    public static GenotypeTranslation Translate(PatientReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return new GenotypeTranslation
        {
            KnowledgeVersion = reading.Genotype.Genetic.KnowledgeVersion,
            Phenotypes = [.. reading.Genotype.Genes.Select(PhenotypeAnswer.Of)],
            Drugs = [.. (reading.Candidates ?? []).Select(candidate => Guide(candidate, reading))],
            Warnings = reading.Warnings,
        };
    }

    private static DrugGuidance Guide(Candidate candidate, PatientReading reading)
    {
        var (actions, warnings) = GuidanceAnswer.Of(candidate.Drug, reading.Genotype, reading.GuidanceContext);
        return new DrugGuidance(candidate.Drug, actions, warnings);
    }
}
