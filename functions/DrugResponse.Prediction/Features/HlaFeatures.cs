using System.Collections.Immutable;

namespace DrugResponse.Prediction.Features;

/// <summary>Carriers of the HLA alleles that guidelines or studies name.</summary>
internal static class HlaFeatures
{
    private const string HlaA = "HLA-A";
    private const string HlaB = "HLA-B";
    private const string B5701 = "*57:01";

    internal static ImmutableArray<Feature> All { get; } =
    [
        Carrier("hlaB5701Carrier", HlaB, B5701),
        Carrier("hlaB1502Carrier", HlaB, "*15:02"),
        Carrier("hlaB1511Carrier", HlaB, "*15:11"),
        Carrier("hlaB5801Carrier", HlaB, "*58:01"),
        Carrier("hlaA3101Carrier", HlaA, "*31:01"),
        PatientFeature.Flag("hlaB5701CarrierOfAfricanAncestry",
            "Carries HLA-B*57:01 and is of African American, Afro-Caribbean or Sub-Saharan African ancestry; 0 for those who do not carry "
            + "it; NaN when it was not tested, or the ancestry of a carrier is not known.",
            "genotype HLA-B, patient.ancestry",
            [FeatureInput.OfGene(HlaB, B5701), new FeatureInput("/patient/ancestry")],
            static patient => !patient.HlaAlleles.TryGetValue(HlaB + B5701, out var carries) ? float.NaN
                : carries ? DemographicFeatures.IsBlack(patient)
                : 0),
    ];

    private static Feature Carrier(string name, string gene, string allele)
    {
        var key = gene + allele;
        return PatientFeature.Flag(
            name,
            $"Carries {key} on one chromosome or both; NaN when it was not tested.",
            $"genotype {gene}; presence or absence of the allele, as stated or by two typed alleles",
            [FeatureInput.OfGene(gene, allele)],
            patient => patient.HlaAlleles.TryGetValue(key, out var carries) ? TernaryLogic.Of(carries) : float.NaN);
    }
}
