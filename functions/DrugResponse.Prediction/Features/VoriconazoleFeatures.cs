using System.Collections.Immutable;

namespace DrugResponse.Prediction.Features;

/// <summary>What CYP2C19 says about voriconazole while its trough is not measured.</summary>
internal static class VoriconazoleFeatures
{
    private const int Measured = 5;

    private static readonly PhenotypeLevels Cyp2c19 =
        PhenotypeLevels.OfMetabolizers("CYP2C19", "Poor", "Intermediate", "Normal", "Rapid", "Ultrarapid");

    internal static ImmutableArray<Feature> All { get; } =
    [
        PatientFeature.Level("cyp2c19WithoutVoriconazoleTrough", Measured,
            "CYP2C19 metabolizer where no voriconazole trough was measured: 0 poor, 1 intermediate, 2 normal, 3 rapid, 4 ultrarapid; 5 where "
            + "one was measured, which then decides alone; NaN when neither is known.",
            "genotype CYP2C19, measurements.voriconazoleTroughMgPerL; the genotype acts through the trough",
            [FeatureInput.OfGene("CYP2C19"), new FeatureInput($"/measurements/{MeasurementNames.VoriconazoleTrough}")],
            static patient => patient.Measurements.ContainsKey(MeasurementNames.VoriconazoleTrough) ? Measured : Cyp2c19.In(patient.Phenotypes)),
    ];
}
