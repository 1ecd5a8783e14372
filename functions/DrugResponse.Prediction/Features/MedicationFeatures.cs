using System.Collections.Immutable;

namespace DrugResponse.Prediction.Features;

/// <summary>
/// Flags for medications taken now, by ingredient or class. Where no medication list was given, every one of them is NaN.
/// </summary>
internal static class MedicationFeatures
{
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
        Together("interactingAntibiotic", MedicationNames.MacrolideAntibiotic, MedicationNames.SulfonamideAntibiotic,
            MedicationNames.Fluoroquinolone, "metronidazole"),
    ];

    private static Feature Takes(string name, string medication) => Together(name, medication);

    private static Feature Together(string name, params string[] medications) => new()
    {
        Name = name,
        Unit = "flag",
        Min = 0,
        Max = 1,
        Meaning = $"Takes {string.Join(" or ", medications)} now; 0 when a medication list was given that does not name it; "
            + "NaN when none was given.",
        Source = "medications that are active",
        Inputs = [new FeatureInput("/medications")],
        Compute = context => context.Patient.ActiveMedications is { } active
            ? medications.Any(medication => MedicationNames.Takes(active, medication)) ? 1 : 0
            : float.NaN,
    };
}
