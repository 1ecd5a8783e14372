using System.Collections.Immutable;

namespace DrugResponse.Prediction.Features;

/// <summary>What an earlier model of the same drug said, as input of a later one.</summary>
internal static class ChainedFeatures
{
    private const string WarfarinDose = "warfarin/dose";

    internal static ImmutableArray<Feature> All { get; } =
    [
        new()
        {
            Name = "warfarinPredictedSqrtDose",
            Unit = "sqrt(mg/week)",
            Min = 0,
            Max = 20,
            Meaning = "Square root of the stable weekly warfarin dose that the dose model predicts; NaN when it was not scored.",
            Source = "score of the model warfarin/dose",
            ChainedFrom = WarfarinDose,
            Inputs = [],
            Compute = static context => context.EarlierScore(WarfarinDose),
        },
        new()
        {
            Name = "warfarinPredictedSqrtDoseWithoutVkorc1",
            Unit = "sqrt(mg/week)",
            Min = 0,
            Max = 20,
            Meaning = "The same, for a patient whose VKORC1 was not called, where the prediction is less certain; NaN when it was called.",
            Source = "score of the model warfarin/dose, genotype VKORC1",
            ChainedFrom = WarfarinDose,
            Inputs = [],
            Compute = static context => GenotypeFeatures.IsCalled(context.Patient, "VKORC1")
                ? float.NaN
                : context.EarlierScore(WarfarinDose),
        },
    ];
}
