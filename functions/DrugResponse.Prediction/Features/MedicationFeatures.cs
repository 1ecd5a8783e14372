using System.Collections.Immutable;

namespace DrugResponse.Prediction.Features;

/// <summary>
/// Flags for medications taken now, by ingredient or class. Where no medication list was given, every one of them is NaN.
/// </summary>
internal static class MedicationFeatures
{
    /// <summary>The part of the request that every one of them is computed from.</summary>
    internal static IReadOnlyList<FeatureInput> Inputs { get; } = [new FeatureInput("/medications")];

    internal static ImmutableArray<Feature> All { get; } =
    [
        Takes("amiodarone", "amiodarone"),
        Takes("carbamazepine", "carbamazepine"),
        Takes("phenytoin", "phenytoin"),
        Takes("rifampin", "rifampin"),
        Takes("enzymeInducer", MedicationNames.EnzymeInducer),
        Takes("aspirin", "aspirin"),
        Takes("acetaminophen", "acetaminophen"),
        Takes("statin", MedicationNames.Statin),
        Takes("simvastatin", "simvastatin"),
        Takes("atorvastatin", "atorvastatin"),
        Takes("fluvastatin", "fluvastatin"),
        Takes("lovastatin", "lovastatin"),
        Takes("pravastatin", "pravastatin"),
        Takes("rosuvastatin", "rosuvastatin"),
        Takes("macrolideAntibiotic", MedicationNames.MacrolideAntibiotic),
        Takes("sulfonamideAntibiotic", MedicationNames.SulfonamideAntibiotic),
        Takes("fluoroquinoloneAntibiotic", MedicationNames.Fluoroquinolone),
        Takes("metronidazole", "metronidazole"),
        Takes("azoleAntifungal", MedicationNames.AzoleAntifungal),
        Takes("nsaid", MedicationNames.Nsaid),
        Takes("allopurinol", "allopurinol"),
        Takes("thyroidHormone", MedicationNames.ThyroidHormone),
        Takes("fibrate", MedicationNames.Fibrate),
        Takes("ssriOrSnri", MedicationNames.SsriOrSnri),
        Takes("protonPumpInhibitor", MedicationNames.ProtonPumpInhibitor),
        Takes("corticosteroid", MedicationNames.Corticosteroid),
        Takes("antiplatelet", MedicationNames.Antiplatelet),
        Takes("barbiturate", MedicationNames.Barbiturate),
        Takes("propafenone", "propafenone"),
        Takes("thiopurine", MedicationNames.Thiopurine),
        Takes("vitaminK", MedicationNames.VitaminK),
        Takes("loopDiuretic", MedicationNames.LoopDiuretic),
        Takes("digoxin", "digoxin"),
        Takes("herbalOrVitaminSupplement", MedicationNames.HerbalOrVitaminSupplement),
        Takes("interactingAntibiotic", MedicationNames.MacrolideAntibiotic, MedicationNames.SulfonamideAntibiotic,
            MedicationNames.Fluoroquinolone, "metronidazole"),
    ];

    /// <summary>1 when one of the ingredients or classes is among the medications, 0 when none is, NaN when there is no list.</summary>
    internal static float TakesAny(IReadOnlySet<string>? medications, string[] names)
    {
        if (medications is null)
            return float.NaN;
        foreach (var name in names)
        {
            if (MedicationNames.Takes(medications, name))
                return 1;
        }

        return 0;
    }

    /// <summary>A flag for any of some ingredients or classes that are taken now.</summary>
    internal static Feature Takes(string name, params string[] medications) => PatientFeature.Flag(
        name,
        $"Takes {string.Join(" or ", medications)} now; 0 when a medication list was given that does not name it; NaN when none was given.",
        "medications that are active",
        Inputs,
        patient => TakesAny(patient.ActiveMedications, medications));
}
