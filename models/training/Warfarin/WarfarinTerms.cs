using System.Collections.Immutable;
using DrugResponse.Training.Additive;

namespace DrugResponse.Training.Warfarin;

/// <summary>
/// The terms of the three models. A direction is given where pharmacology knows it (inhibitors of warfarin's metabolism lower the
/// dose, inducers raise it). Flags that fewer than ten subjects carry have no term. Penalties were chosen by cross-validation.
/// </summary>
internal static class WarfarinTerms
{
    private const double FlagPenalty = 50;

    /// <summary>Square root of the stable dose.</summary>
    public static ImmutableArray<AdditiveTerm> Dose { get; } =
    [
        AdditiveTerm.Levels("vkorc1Rs9923231TAlleles", [0, 1, 2], Direction.Falling),
        AdditiveTerm.Levels("cyp2c9ActivityScore", [0, 0.5f, 1, 1.5f, 2], Direction.Rising),
        AdditiveTerm.Smooth("ageDecade", 1.5, 8.5, 1, curvaturePenalty: 300, Direction.Falling),
        AdditiveTerm.Smooth("weightKg", 35.5, 150.5, 1, curvaturePenalty: 5000, Direction.Rising),
        AdditiveTerm.Smooth("heightCm", 140.5, 200.5, 1, curvaturePenalty: 5000, Direction.Rising),
        AdditiveTerm.Flag("male", 10),
        AdditiveTerm.Flag("ancestryAsian", 2),
        AdditiveTerm.Flag("ancestryBlack", 2),
        AdditiveTerm.Flag("ancestryOther", 10),
        AdditiveTerm.Flag("asianWithoutVkorc1", 2),
        AdditiveTerm.Flag("blackWithoutVkorc1", 2),
        AdditiveTerm.Flag("asianWithoutCyp2c9", 10),
        AdditiveTerm.Flag("blackWithoutCyp2c9", 10),
        Smoker(10, Direction.Rising),
        AdditiveTerm.Flag("amiodarone", 2, Direction.Falling),
        AdditiveTerm.Flag("enzymeInducer", 2, Direction.Rising),
        AdditiveTerm.Flag("diabetesMellitus", FlagPenalty),
        AdditiveTerm.Flag("heartFailureOrCardiomyopathy", FlagPenalty, Direction.Falling),
        AdditiveTerm.Flag("heartValveDiseaseOrReplacement", FlagPenalty),
        AdditiveTerm.Flag("venousThromboembolism", FlagPenalty),
        AdditiveTerm.Flag("atrialFibrillation", FlagPenalty),
        AdditiveTerm.Flag("stroke", FlagPenalty),
        AdditiveTerm.Flag("orthopaedicSurgery", FlagPenalty),
        AdditiveTerm.Flag("aspirin", FlagPenalty),
        AdditiveTerm.Flag("acetaminophen", FlagPenalty, Direction.Falling),
        AdditiveTerm.Flag("statin", FlagPenalty, Direction.Falling),
        AdditiveTerm.Flag("interactingAntibiotic", FlagPenalty, Direction.Falling),
        AdditiveTerm.Flag("azoleAntifungal", FlagPenalty, Direction.Falling),
        AdditiveTerm.Flag("nsaid", FlagPenalty),
        AdditiveTerm.Flag("allopurinol", FlagPenalty, Direction.Falling),
        AdditiveTerm.Flag("thyroidHormone", FlagPenalty, Direction.Falling),
        AdditiveTerm.Flag("fibrate", FlagPenalty, Direction.Falling),
        AdditiveTerm.Flag("ssriOrSnri", FlagPenalty),
        AdditiveTerm.Flag("protonPumpInhibitor", FlagPenalty),
        AdditiveTerm.Flag("corticosteroid", FlagPenalty),
        AdditiveTerm.Flag("antiplatelet", FlagPenalty),
        AdditiveTerm.Flag("loopDiuretic", FlagPenalty),
        AdditiveTerm.Flag("digoxin", FlagPenalty),
        AdditiveTerm.Flag("herbalOrVitaminSupplement", FlagPenalty),
    ];

    /// <summary>The stable dose is 28 to 42 mg per week.</summary>
    public static ImmutableArray<AdditiveTerm> StandardDoseSuffices { get; } =
    [
        AdditiveTerm.Smooth("warfarinPredictedSqrtDose", 2.55, 8.95, 0.1, curvaturePenalty: 1500),
        AdditiveTerm.Smooth("warfarinPredictedSqrtDoseWithoutVkorc1", 2.55, 8.95, 0.1, curvaturePenalty: 1500),
        .. Corrections,
    ];

    /// <summary>The stable dose is below 23.3 mg per week.</summary>
    public static ImmutableArray<AdditiveTerm> StandardDoseOverdoses { get; } =
    [
        AdditiveTerm.Smooth("warfarinPredictedSqrtDose", 2.55, 8.95, 0.1, curvaturePenalty: 1500, Direction.Falling),
        AdditiveTerm.Smooth("warfarinPredictedSqrtDoseWithoutVkorc1", 2.55, 8.95, 0.1, curvaturePenalty: 1500),
        .. Corrections,
    ];

    // What the predicted dose leaves over: groups whose doses scatter more or less around the prediction than others'.
    private static ImmutableArray<AdditiveTerm> Corrections =>
    [
        AdditiveTerm.Levels("vkorc1Rs9923231TAlleles", [0, 1, 2], Direction.Free, penalty: 10),
        AdditiveTerm.Levels("cyp2c9ActivityScore", [0, 0.5f, 1, 1.5f, 2], Direction.Free, penalty: 10),
        AdditiveTerm.Smooth("ageDecade", 1.5, 8.5, 1, curvaturePenalty: 300),
        AdditiveTerm.Smooth("weightKg", 35.5, 150.5, 5, curvaturePenalty: 300),
        AdditiveTerm.Flag("male", 30),
        AdditiveTerm.Flag("ancestryAsian", 30),
        AdditiveTerm.Flag("ancestryBlack", 30),
        AdditiveTerm.Flag("asianWithoutVkorc1", 10),
        AdditiveTerm.Flag("blackWithoutVkorc1", 10),
        Smoker(30, Direction.Free),
        AdditiveTerm.Flag("amiodarone", 30),
        AdditiveTerm.Flag("heartFailureOrCardiomyopathy", FlagPenalty),
        AdditiveTerm.Flag("heartValveDiseaseOrReplacement", FlagPenalty),
        AdditiveTerm.Flag("venousThromboembolism", FlagPenalty),
        AdditiveTerm.Flag("atrialFibrillation", FlagPenalty),
    ];

    // Sites that did not record smoking happen to need lower doses. That says more of the sites than of a patient whose smoking was
    // not asked for, so the level for missing is held close to the average patient's, at a small cost in cross-validation.
    private static AdditiveTerm Smoker(double penalty, Direction direction) =>
        AdditiveTerm.Flag("smoker", penalty, direction) with { MissingPenalty = 300 };
}
