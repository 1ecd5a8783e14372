using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Features;

/// <summary>The SAMe-TT2R2 score (Apostolakis S et al., Chest 2013;144:1555-63).</summary>
public sealed class SameTt2r2ScoreTests
{
    private static PatientProfile None => new()
    {
        Sex = Sex.Male,
        AgeYears = 60,
        Smoker = false,
        Ancestry = AncestryGroup.European,
        ActiveMedications = new HashSet<string>(),
        Conditions = new HashSet<string>(),
    };

    [Fact]
    public void Each_part_has_its_points()
    {
        Assert.Equal(0, Score(None));
        Assert.Equal(1, Score(None with { Sex = Sex.Female }));
        Assert.Equal(1, Score(None with { AgeYears = 59.9 }));
        Assert.Equal(1, Score(None with { ActiveMedications = new HashSet<string> { "amiodarone" } }));
        Assert.Equal(2, Score(None with { Smoker = true }));
        Assert.Equal(2, Score(None with { Ancestry = AncestryGroup.EastAsian }));
        Assert.Equal(1, Score(None with { Conditions = new HashSet<string> { ConditionNames.Stroke, ConditionNames.Hypertension } }));
    }

    [Fact]
    public void All_parts_together_are_8()
    {
        Assert.Equal(8, Score(None with
        {
            Sex = Sex.Female,
            AgeYears = 40,
            Smoker = true,
            Ancestry = AncestryGroup.AfricanAmerican,
            ActiveMedications = new HashSet<string> { "amiodarone" },
            Conditions = ConditionNames.All,
        }));
    }

    [Theory]
    [InlineData(ConditionNames.Stroke, ConditionNames.Stroke, 0)]
    [InlineData(ConditionNames.CoronaryDisease, ConditionNames.MyocardialInfarction, 0)]
    [InlineData(ConditionNames.LiverDisease, ConditionNames.HepatitisC, 0)]
    [InlineData(ConditionNames.KidneyDisease, ConditionNames.RenalFailure, 0)]
    [InlineData(ConditionNames.CoronaryDisease, ConditionNames.PeripheralArterialDisease, 1)]
    [InlineData(ConditionNames.HeartFailure, ConditionNames.DiabetesMellitus, 1)]
    [InlineData(ConditionNames.LungDisease, ConditionNames.KidneyDisease, 1)]
    [InlineData(ConditionNames.LungDisease, ConditionNames.OrthopaedicSurgery, 0)]
    public void Two_comorbidities_of_different_organs_count(string first, string second, float expected)
    {
        Assert.Equal(expected, Score(None with { Conditions = new HashSet<string> { first, second } }));
    }

    [Fact]
    public void A_part_that_is_not_known_leaves_the_score_unknown()
    {
        PatientProfile[] incomplete =
        [
            None with { Sex = null }, None with { AgeYears = null }, None with { Smoker = null }, None with { Ancestry = null },
            None with { ActiveMedications = null }, None with { Conditions = null },
        ];

        Assert.All(incomplete, static patient => Assert.Equal(float.NaN, Score(patient)));
    }

    private static float Score(PatientProfile patient) => patient.ValueOf("sameTt2r2Score");
}
