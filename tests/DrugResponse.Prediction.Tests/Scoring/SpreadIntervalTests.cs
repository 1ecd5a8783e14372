using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Scoring;

public sealed class SpreadIntervalTests
{
    // The archive's log-odds are 5.5 for 80 kg, and 5.125 for a weight that is not known.
    private static readonly byte[] Model = SmallModels.ProbabilityArchive("weightKg");

    // The squares: 0.04 + 0.12 = 0.16 for 80 kg and 0.04 + 0.6 = 0.64 for no weight; 0.37 + 0.12 = 0.49 for 60 years and 0.37 + 0.6 = 0.97
    // for no age.
    private static readonly byte[] Lower = SmallModels.SpreadArchive("weightKg");
    private static readonly byte[] Upper = SmallModels.SpreadArchive("ageYears", constant: 0.37);

    [Theory]
    [InlineData(80.0, 60.0, 5.5, 0.4, 0.7)]
    [InlineData(null, 60.0, 5.125, 0.8, 0.7)]
    [InlineData(80.0, null, 5.5, 0.4, 0.98488578)]
    public async Task The_ends_lie_at_the_roots_of_what_the_archives_give(
        double? weight, double? age, double score, double below, double above)
    {
        var response = await PredictAsync(Lower, Upper, new Patient { WeightKg = weight, AgeYears = age });

        Assert.Equal(score, response.Score, 1e-6);
        Assert.Equal(Probability(score), response.Probability, 1e-6);
        Assert.Equal(Probability(score - below), response.Interval.Low, 1e-6);
        Assert.Equal(Probability(score + above), response.Interval.High, 1e-6);
        Assert.Equal(0.9, response.Interval.Level);
    }

    [Fact]
    public async Task A_square_below_zero_is_no_distance()
    {
        var response = await PredictAsync(
            SmallModels.SpreadArchive("weightKg", constant: -1), Upper, new Patient { WeightKg = 80, AgeYears = 60 });

        Assert.Equal(response.Probability, response.Interval.Low, 1e-7);
        Assert.True(response.Interval.High > response.Probability);
    }

    [Fact]
    public async Task Features_of_the_interval_alone_contribute_nothing_and_are_missed_when_absent()
    {
        var models = await SmallModels.OnlySpread(Model, Lower, Upper).LoadAsync();

        var drug = Clinic.PredictWarfarin(new Patient { WeightKg = 80 }, models);

        Assert.Equal("weightKg", Assert.Single(drug.Response!.Contributions).Feature);
        Assert.Equal("/patient/ageYears", Assert.Single(drug.Warnings, static warning => warning.Code == WarningCodes.MissingFeature).Path);
    }

    private static async Task<EndpointPrediction> PredictAsync(byte[] lower, byte[] upper, Patient patient) =>
        Clinic.PredictWarfarin(patient, await SmallModels.OnlySpread(Model, lower, upper).LoadAsync()).Response!;

    private static double Probability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
