namespace DrugResponse.Prediction.Features;

/// <summary>
/// The SAMe-TT2R2 score, which foretells how well a vitamin K antagonist can be kept in range (Apostolakis S et al., Chest
/// 2013;144:1555-63): female sex 1, age below 60 1, comorbidities 1, amiodarone 1, tobacco 2, non-white 2.
/// </summary>
/// <remarks>
/// The authors ask for more than two comorbidities; here two suffice, as in the evidence that warfarin's models rest on.
/// </remarks>
internal static class SameTt2r2Score
{
    private const double Young = 60;
    private const int EnoughComorbidities = 2;

    private static readonly string[] Amiodarone = ["amiodarone"];

    // Several names of one organ's disease are one comorbidity.
    private static readonly string[][] Comorbidities =
    [
        [ConditionNames.Hypertension],
        [ConditionNames.DiabetesMellitus],
        [ConditionNames.CoronaryDisease, ConditionNames.MyocardialInfarction],
        [ConditionNames.PeripheralArterialDisease],
        [ConditionNames.HeartFailure],
        [ConditionNames.Stroke],
        [ConditionNames.LungDisease],
        [ConditionNames.LiverDisease, ConditionNames.Cirrhosis, ConditionNames.HepatitisC],
        [ConditionNames.KidneyDisease, ConditionNames.RenalFailure],
    ];

    /// <summary>The score as a feature.</summary>
    public static Feature Feature { get; } = PatientFeature.Number(
        "sameTt2r2Score",
        "score",
        0,
        8,
        "SAMe-TT2R2 score: female 1, age below 60 1, at least two of hypertension, diabetes, coronary disease, peripheral arterial "
        + "disease, heart failure, stroke, lung, liver and kidney disease 1, amiodarone 1, smoker 2, other than European or Near Eastern "
        + "ancestry 2; NaN when any part is not known.",
        "patient.sex, patient.ageYears, patient.smoker, patient.ancestry, conditions, medications that are active; Apostolakis S et al., "
        + "Chest 2013;144:1555-63",
        [
            new FeatureInput("/patient/sex"), new FeatureInput("/patient/ageYears"), new FeatureInput("/conditions"),
            new FeatureInput("/medications"), new FeatureInput("/patient/smoker"), new FeatureInput("/patient/ancestry"),
        ],
        Of);

    // A part that is not known is NaN, and so is every sum with it.
    private static float Of(PatientProfile patient) =>
        TernaryLogic.Not(DemographicFeatures.IsMale(patient))
        + TernaryLogic.Of(patient.AgeYears is { } age ? age < Young : null)
        + HasComorbidities(patient)
        + MedicationFeatures.TakesAny(patient.ActiveMedications, Amiodarone)
        + (2 * TernaryLogic.Of(patient.Smoker))
        + (2 * TernaryLogic.Not(DemographicFeatures.IsEuropean(patient)));

    private static float HasComorbidities(PatientProfile patient)
    {
        if (patient.Conditions is null)
            return float.NaN;
        var count = 0;
        foreach (var names in Comorbidities)
        {
            if (ConditionFeatures.HasAny(patient, names) == 1)
                count++;
        }

        return TernaryLogic.Of(count >= EnoughComorbidities);
    }
}
