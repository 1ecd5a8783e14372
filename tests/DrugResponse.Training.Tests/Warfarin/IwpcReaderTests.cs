using DrugResponse.Prediction.Features;
using DrugResponse.Training.Warfarin;
using static DrugResponse.Training.Tests.Warfarin.MadeUpCohort;

namespace DrugResponse.Training.Tests.Warfarin;

public class IwpcReaderTests
{
    [Fact]
    public void A_person_is_read_as_a_request_would_describe_them()
    {
        var subject = Read(With(("amiodarone", "1"), ("diabetes", "1"), ("current_smoker", "0"), ("race", "Asian")))[0];

        Assert.Equal(65, subject.Profile.AgeYears);
        Assert.Equal(Sex.Female, subject.Profile.Sex);
        Assert.Equal(165, subject.Profile.HeightCm);
        Assert.Equal(70, subject.Profile.WeightKg);
        Assert.Equal(AncestryGroup.Asian, subject.Profile.Ancestry);
        Assert.False(subject.Profile.Smoker);
        Assert.Equal(["amiodarone"], subject.Profile.ActiveMedications!);
        Assert.Equal([ConditionNames.DiabetesMellitus], subject.Profile.Conditions!);
        Assert.Equal(["*1", "*1"], subject.Profile.Alleles["CYP2C9"]);
        Assert.Equal(["rs9923231 reference (C)", "rs9923231 variant (T)"], subject.Profile.Alleles["VKORC1"]);
        Assert.Equal(35, subject.WeeklyDose);
        Assert.True(subject.ReachedStableDose);
        Assert.Equal(2, subject.Line);
    }

    [Fact]
    public void Empty_cells_are_not_known()
    {
        var subject = Read(With(
            ("sex", ""), ("race", "Missing or Mixed"), ("age_decade", ""), ("height_cm", ""), ("weight_kg", ""), ("cyp2c9", ""),
            ("vkorc1_rs9923231", ""), ("medication_list_informative", "0"), ("reached_stable_dose", ""), ("therapeutic_dose_mg_week", "")))[0];

        Assert.Null(subject.Profile.AgeYears);
        Assert.Null(subject.Profile.Sex);
        Assert.Null(subject.Profile.HeightCm);
        Assert.Null(subject.Profile.WeightKg);
        Assert.Null(subject.Profile.Ancestry);
        Assert.Null(subject.Profile.Smoker);
        Assert.Null(subject.Profile.ActiveMedications);
        Assert.Null(subject.Profile.Conditions);
        Assert.Empty(subject.Profile.Alleles);
        Assert.Null(subject.ReachedStableDose);
        Assert.Null(subject.WeeklyDose);
    }

    [Fact]
    public void A_list_that_names_nothing_is_not_the_same_as_no_list()
    {
        var subjects = Read(
            With(("medication_list_informative", "0"), ("aspirin", "0"), ("stroke", "0"), ("indication_stroke", "0")),
            With(("medication_list_informative", "0"), ("txt_digoxin", "")));

        Assert.Empty(subjects[0].Profile.ActiveMedications!);
        Assert.Empty(subjects[0].Profile.Conditions!);
        Assert.Null(subjects[1].Profile.ActiveMedications);
        Assert.Null(subjects[1].Profile.Conditions);
    }

    [Theory]
    [InlineData("2.5", "", true)]
    [InlineData("3.5", "", false)]
    [InlineData("", "2-3", true)]
    [InlineData("", "1.7-2.8", true)]
    [InlineData("", "2.5-3.5", false)]
    [InlineData("2.5", "2.5-3.5", true)]
    [InlineData("", "", true)]
    public void The_usual_target_is_the_recorded_one_or_else_the_estimated_range(string target, string range, bool isUsual)
    {
        var subject = Read(With(("target_inr", target), ("target_inr_range_estimated", range)))[0];

        Assert.Equal(isUsual, subject.UsualTarget);
    }

    [Fact]
    public void All_faults_are_named_by_line_and_column_without_the_content_of_the_cell()
    {
        var exception = Assert.Throws<DataFaultsException>(() => Read(
            With(),
            With(("weight_kg", "heavy"), ("aspirin", "yes")),
            With(("race", "Purple"), ("cyp2c9", "wildtype"), ("vkorc1_rs9923231", "C/C"), ("therapeutic_dose_mg_week", "-3"))));

        Assert.Equal(
            [
                "line 3, column weight_kg: must be a number from 10 to 400, or empty",
                "line 3, column aspirin: must be 1, 0 or empty",
                "line 4, column race: must be one of 'White', 'Asian', 'Black or African American', 'Missing or Mixed'",
                "line 4, column cyp2c9: must be a diplotype such as *1/*2, or empty",
                "line 4, column vkorc1_rs9923231: must be one of 'G/G', 'A/G', 'A/A', ''",
                "line 4, column therapeutic_dose_mg_week: must be a number from 0.1 to 1000, or empty",
            ],
            exception.Faults);
    }

    [Fact]
    public void Missing_columns_are_named()
    {
        var exception = Assert.Throws<DataFaultsException>(() => IwpcReader.Read(new StringReader(
            Csv(With()).Replace("weight_kg", "mass", StringComparison.Ordinal).Replace("digoxin", "foxglove", StringComparison.Ordinal))));

        Assert.Equal(["line 1: column weight_kg is missing", "line 1: column txt_digoxin is missing"], exception.Faults);
    }

    [Fact]
    public void A_line_with_too_few_cells_is_named()
    {
        var exception = Assert.Throws<DataFaultsException>(() => IwpcReader.Read(new StringReader(Csv(With()) + "B01,female\n")));

        Assert.Equal([$"line 3: 2 cells where the header has {IwpcColumns.All.Length}"], exception.Faults);
    }

    [Fact]
    public void An_empty_file_lacks_all_columns()
    {
        var exception = Assert.Throws<DataFaultsException>(() => IwpcReader.Read(new StringReader("")));

        Assert.Equal(IwpcColumns.All.Length, exception.Faults.Count);
    }
}
