using System.Collections.Immutable;

namespace DrugResponse.Prediction.Features;

/// <summary>
/// Medications that change what a drug does, beyond the plain flags of <see cref="MedicationFeatures"/>. The drug that is scored is none of
/// them: the profile leaves it out.
/// </summary>
internal static class ComedicationFeatures
{
    private const string Source = "medications that are active";

    private static readonly string[] Antibiotics = [MedicationNames.Antibiotic];
    private static readonly string[] NeuromuscularBlockers = [MedicationNames.NeuromuscularBlocker];

    internal static ImmutableArray<Feature> All { get; } =
    [
        MedicationFeatures.Takes("ssri", MedicationNames.Ssri),
        MedicationFeatures.Takes("clopidogrel", "clopidogrel"),
        MedicationFeatures.Takes("celecoxib", "celecoxib"),
        Flag("nonSelectiveNsaid",
            "a non-steroidal anti-inflammatory drug that is no coxib, or one of which the record says the class only",
            TakesNonSelectiveNsaid),
        PatientFeature.Level("antiplateletTherapy", 3,
            "Takes now: 0 neither aspirin nor clopidogrel, 1 aspirin, 2 clopidogrel, 3 both; NaN when no medication list was given.",
            Source, MedicationFeatures.Inputs, Antiplatelets),
        MedicationFeatures.Takes("vitaminKAntagonist", MedicationNames.VitaminKAntagonist),
        MedicationFeatures.Takes("fluconazole", "fluconazole"),
        Flag("trimethoprimSulfamethoxazole", "trimethoprim and sulfamethoxazole",
            static active => active.Contains("trimethoprim") && active.Contains("sulfamethoxazole")),
        MedicationFeatures.Takes("strongCyp3aInhibitor", MedicationNames.StrongCyp3aInhibitor),
        MedicationFeatures.Takes("strongCyp3aInducer", MedicationNames.StrongCyp3aInducer),
        MedicationFeatures.Takes("verapamilOrDiltiazem", "verapamil", "diltiazem"),
        MedicationFeatures.Takes("benzodiazepine", MedicationNames.Benzodiazepine),
        MedicationFeatures.Takes("gabapentinoid", MedicationNames.Gabapentinoid),
        MedicationFeatures.Takes("anticholinergic", MedicationNames.Anticholinergic),
        MedicationFeatures.Takes("qtProlongingDrug", MedicationNames.QtProlonging),
        MedicationFeatures.Takes("aminosalicylate", MedicationNames.Aminosalicylate),
        Recent("brivudine", "brivudine", "brivudine"),
        MedicationFeatures.Takes("diuretic", MedicationNames.Diuretic),
        MedicationFeatures.Takes("ondansetron", "ondansetron"),
        MedicationFeatures.Takes("omeprazole", "omeprazole"),
        Recent("antibioticLastMonth", "an antibiotic", Antibiotics),
        MedicationFeatures.Takes("oxaliplatinOrIrinotecan", "oxaliplatin", "irinotecan"),
        MedicationFeatures.Takes("volatileAnaesthetic", MedicationNames.VolatileAnaesthetic),
        MedicationFeatures.Takes("succinylcholine", "succinylcholine"),
        PatientFeature.Level("neuromuscularBlockadeOrCaesarean", 2,
            "0 neither, 1 takes a muscle relaxant of anaesthesia now, 2 caesarean section among the conditions, with or without one; NaN "
            + "when neither is known to hold and either list was not given.",
            "conditions, medications that are active",
            [new FeatureInput("/conditions"), new FeatureInput("/medications")],
            BlockadeOrCaesarean),
        MedicationFeatures.Takes("opioid", MedicationNames.Opioid),
        MedicationFeatures.Takes("allopurinolOrFebuxostat", "allopurinol", "febuxostat"),
        MedicationFeatures.Takes("cyclosporine", "cyclosporine"),
        MedicationFeatures.Takes("valproate", "valproic acid", "divalproex sodium"),
        MedicationFeatures.Takes("moderateCyp3aInhibitor", MedicationNames.ModerateCyp3aInhibitor),
    ];

    private static bool TakesNonSelectiveNsaid(IReadOnlySet<string> active)
    {
        var coxibs = MedicationNames.Members[MedicationNames.Coxib];
        foreach (var member in MedicationNames.Members[MedicationNames.Nsaid])
        {
            if (active.Contains(member) && member != MedicationNames.Coxib && !coxibs.Contains(member))
                return true;
        }

        return active.Contains(MedicationNames.Nsaid) && !MedicationNames.Takes(active, MedicationNames.Coxib);
    }

    private static float Antiplatelets(PatientProfile patient) =>
        patient.ActiveMedications is { } active
            ? TernaryLogic.Of(active.Contains("aspirin")) + (2 * TernaryLogic.Of(active.Contains("clopidogrel")))
            : float.NaN;

    private static float BlockadeOrCaesarean(PatientProfile patient)
    {
        if (patient.Conditions?.Contains(ConditionNames.CaesareanSection) == true)
            return 2;
        var blockade = MedicationFeatures.TakesAny(patient.ActiveMedications, NeuromuscularBlockers);
        return blockade == 1 || patient.Conditions is not null ? blockade : float.NaN;
    }

    private static Feature Flag(string name, string what, Func<IReadOnlySet<string>, bool> takes) => PatientFeature.Flag(
        name,
        $"Takes {what} now; 0 when a medication list was given that does not name it; NaN when none was given.",
        Source,
        MedicationFeatures.Inputs,
        patient => patient.ActiveMedications is { } active ? TernaryLogic.Of(takes(active)) : float.NaN);

    private static Feature Recent(string name, string what, params string[] medications) => PatientFeature.Flag(
        name,
        $"Takes {what} now, or stopped it within 30 days; 0 when a medication list was given that does not say so; NaN when none was "
        + "given.",
        "medications that are active or were stopped within 30 days",
        MedicationFeatures.Inputs,
        patient => MedicationFeatures.TakesAny(patient.RecentMedications, medications));
}
