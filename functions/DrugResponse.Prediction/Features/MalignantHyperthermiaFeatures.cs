using System.Collections.Immutable;

namespace DrugResponse.Prediction.Features;

/// <summary>Pathogenic variants of the genes of malignant hyperthermia.</summary>
internal static class MalignantHyperthermiaFeatures
{
    private const string Ryr1 = "RYR1";
    private const string Cacna1s = "CACNA1S";

    private static readonly SusceptibilityGene Ryr1Gene = new(Ryr1);
    private static readonly SusceptibilityGene Cacna1sGene = new(Cacna1s);

    internal static ImmutableArray<Feature> All { get; } =
    [
        Pathogenic("ryr1Pathogenic", Ryr1, Ryr1Gene),
        Pathogenic("cacna1sPathogenic", Cacna1s, Cacna1sGene),
        PatientFeature.Flag("maleRyr1Pathogenic",
            "Male with an RYR1 variant that makes susceptible to malignant hyperthermia; 0 for women and for those without one; NaN "
            + "otherwise.",
            "patient.sex, genotype RYR1",
            [new FeatureInput("/patient/sex"), FeatureInput.OfGene(Ryr1)],
            static patient => TernaryLogic.And(DemographicFeatures.IsMale(patient), Ryr1Gene.IsSusceptible(patient))),
        PatientFeature.Level("malignantHyperthermiaSusceptibility", 2,
            "What is known of susceptibility to malignant hyperthermia: 2 a reaction in the past, 1 a variant of RYR1 or CACNA1S that makes "
            + "susceptible, 0 none in RYR1 and no reaction known; NaN when RYR1 was not called and no reaction is known.",
            "genotype RYR1 and CACNA1S, outcomes of medications, conditions; the reaction goes before the variant (Ibarra Moreno CA, "
            + "Anesthesiology 2019;131:983)",
            [FeatureInput.OfGene(Ryr1)],
            Susceptibility),
    ];

    private static float Susceptibility(PatientProfile patient)
    {
        if (HistoryFeatures.PriorMalignantHyperthermia(patient) == 1)
            return 2;
        var ryr1 = Ryr1Gene.IsSusceptible(patient);
        return ryr1 == 1 || Cacna1sGene.IsSusceptible(patient) == 1 ? 1 : ryr1;
    }

    private static Feature Pathogenic(string name, string symbol, SusceptibilityGene gene) => PatientFeature.Flag(
        name,
        $"Carries a variant of {symbol} that makes susceptible to malignant hyperthermia; 0 where none was found (CPIC's term is then "
        + "uncertain susceptibility, since other genes may be at fault); NaN when the gene was not called, or was typed at some of its "
        + "positions only and none was found.",
        $"genotype {symbol}; the CPIC phenotype, from variants or as reported",
        [FeatureInput.OfGene(symbol)],
        gene.IsSusceptible);
}
