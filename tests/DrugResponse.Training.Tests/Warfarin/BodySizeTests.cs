using DrugResponse.Training.Warfarin;
using static DrugResponse.Training.Tests.Warfarin.MadeUpCohort;

namespace DrugResponse.Training.Tests.Warfarin;

public class BodySizeTests
{
    [Fact]
    public void What_is_missing_is_predicted_from_the_other_with_race_and_sex()
    {
        // Height is 100 + weight for women and 110 + weight for men, exactly.
        var subjects = Read(
            With(("sex", "female"), ("weight_kg", "50"), ("height_cm", "150")),
            With(("sex", "female"), ("weight_kg", "70"), ("height_cm", "170")),
            With(("sex", "male"), ("weight_kg", "60"), ("height_cm", "170")),
            With(("sex", "male"), ("weight_kg", "80"), ("height_cm", "190")),
            With(("sex", "male"), ("weight_kg", "70"), ("height_cm", "")),
            With(("sex", "female"), ("weight_kg", ""), ("height_cm", "160")),
            With(("sex", "female"), ("weight_kg", ""), ("height_cm", "")));

        var size = new BodySize(subjects);

        Assert.Equal(150, size.HeightCm(subjects[0]));
        Assert.Equal(180, size.HeightCm(subjects[4]), 0.01);
        Assert.Equal(60, size.WeightKg(subjects[5]), 0.01);
        Assert.Equal(160, size.HeightCm(subjects[6]), 0.01);
        Assert.Equal(60, size.WeightKg(subjects[6]), 0.01);
    }
}
