using System.Collections.Immutable;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Training.Warfarin;

/// <summary>Which flag column of the cohort says what, in canonical names.</summary>
internal static class IwpcColumns
{
    public const string NotKnown = "";

    public static readonly ImmutableArray<(string Column, string Medication)> Medications =
    [
        ("aspirin", "aspirin"),
        ("acetaminophen", "acetaminophen"),
        ("simvastatin", "simvastatin"),
        ("atorvastatin", "atorvastatin"),
        ("fluvastatin", "fluvastatin"),
        ("lovastatin", "lovastatin"),
        ("pravastatin", "pravastatin"),
        ("rosuvastatin", "rosuvastatin"),
        ("cerivastatin", "cerivastatin"),
        ("amiodarone", "amiodarone"),
        ("carbamazepine", "carbamazepine"),
        ("phenytoin", "phenytoin"),
        ("rifampin", "rifampin"),
        ("sulfonamide_antibiotic", MedicationNames.SulfonamideAntibiotic),
        ("macrolide_antibiotic", MedicationNames.MacrolideAntibiotic),
        ("azole_antifungal", MedicationNames.AzoleAntifungal),
        ("herbal_vitamin_supplement", MedicationNames.HerbalOrVitaminSupplement),
        ("txt_statin_any", MedicationNames.Statin),
        ("txt_nsaid_or_coxib", MedicationNames.Nsaid),
        ("txt_fluoroquinolone", MedicationNames.Fluoroquinolone),
        ("txt_metronidazole", "metronidazole"),
        ("txt_allopurinol", "allopurinol"),
        ("txt_thyroid_hormone", MedicationNames.ThyroidHormone),
        ("txt_fibrate", MedicationNames.Fibrate),
        ("txt_ssri_snri", MedicationNames.SsriOrSnri),
        ("txt_ppi", MedicationNames.ProtonPumpInhibitor),
        ("txt_corticosteroid_oral", MedicationNames.Corticosteroid),
        ("txt_clopidogrel_or_other_antiplatelet", MedicationNames.Antiplatelet),
        ("txt_propafenone", "propafenone"),
        ("txt_barbiturate_or_primidone", MedicationNames.Barbiturate),
        ("txt_azathioprine_or_mercaptopurine", MedicationNames.Thiopurine),
        ("txt_vitamin_k", MedicationNames.VitaminK),
        ("txt_fluconazole", "fluconazole"),
        ("txt_trimethoprim_sulfamethoxazole", "sulfamethoxazole / trimethoprim"),
        ("txt_loop_diuretic", MedicationNames.LoopDiuretic),
        ("txt_digoxin", "digoxin"),
    ];

    public static readonly ImmutableArray<(string Column, string Condition)> Conditions =
    [
        ("indication_dvt_or_pe", ConditionNames.VenousThromboembolism),
        ("indication_af", ConditionNames.AtrialFibrillation),
        ("indication_heart_valve", ConditionNames.HeartValveDisease),
        ("indication_cardiomyopathy", ConditionNames.Cardiomyopathy),
        ("indication_stroke", ConditionNames.Stroke),
        ("indication_post_orthopaedic", ConditionNames.OrthopaedicSurgery),
        ("diabetes", ConditionNames.DiabetesMellitus),
        ("chf_or_cardiomyopathy", ConditionNames.HeartFailure),
        ("valve_replacement", ConditionNames.HeartValveReplacement),
    ];

    /// <summary>Every column that is read.</summary>
    public static readonly ImmutableArray<string> All =
    [
        "id_block", "sex", "race", "age_decade", "height_cm", "weight_kg", "current_smoker", "enzyme_inducer",
        "medication_list_informative", "cyp2c9", "vkorc1_rs9923231", "target_inr", "target_inr_range_estimated",
        "reached_stable_dose", "therapeutic_dose_mg_week",
        .. Medications.Select(static pair => pair.Column),
        .. Conditions.Select(static pair => pair.Column),
    ];
}
