using System.Collections.Immutable;

namespace DrugResponse.Prediction.Features;

/// <summary>Risk factors that conditions decide together with something else.</summary>
internal static class RiskFactorFeatures
{
    private const double EndStageEGfr = 15;
    private const double ObeseBodyMassIndex = 30;

    private static readonly FeatureInput Conditions = new("/conditions");

    internal static ImmutableArray<Feature> All { get; } =
    [
        PatientFeature.Flag("renalFailure",
            "Has renal failure, by the conditions or an eGFR below 15; 0 when conditions were given without it and no such eGFR; NaN "
            + "otherwise.",
            "conditions, patient.eGfr",
            [Conditions],
            RenalFailure),
        PatientFeature.Flag("smokerWithCrohnDisease",
            "Smokes now and has Crohn disease; 0 when either is known not to hold; NaN otherwise.",
            "conditions, patient.smoker",
            [Conditions, new FeatureInput("/patient/smoker")],
            static patient => TernaryLogic.And(
                TernaryLogic.Of(patient.Smoker), ConditionFeatures.HasAny(patient, ConditionNames.CrohnDisease))),
        PatientFeature.Flag("diabetesRiskFactor",
            "Body mass index of 30 kg/m2 or more, metabolic syndrome, or prediabetes; 0 when all are known not to hold; NaN otherwise.",
            "conditions, patient.weightKg, patient.heightCm",
            [Conditions, new FeatureInput("/patient/weightKg"), new FeatureInput("/patient/heightCm")],
            static patient => TernaryLogic.Or(
                IsObese(patient), ConditionFeatures.HasAny(patient, ConditionNames.MetabolicSyndrome, ConditionNames.Prediabetes))),
        SameTt2r2Score.Feature,
    ];

    private static float RenalFailure(PatientProfile patient) =>
        patient.EGfr < EndStageEGfr ? 1 : ConditionFeatures.HasAny(patient, ConditionNames.RenalFailure);

    private static float IsObese(PatientProfile patient) =>
        DemographicFeatures.BodyMassIndex(patient) is { } bodyMassIndex ? TernaryLogic.Of(bodyMassIndex >= ObeseBodyMassIndex) : float.NaN;
}
