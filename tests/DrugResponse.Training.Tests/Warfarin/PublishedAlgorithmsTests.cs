using DrugResponse.Training.Warfarin;
using static DrugResponse.Training.Tests.Warfarin.MadeUpCohort;

namespace DrugResponse.Training.Tests.Warfarin;

/// <summary>Expected doses were worked by hand from the coefficients printed in N Engl J Med 2009;360:753-64, appendix.</summary>
public class PublishedAlgorithmsTests
{
    [Fact]
    public void Pharmacogenetic_dose_of_a_reference_patient()
    {
        var subject = Read(With(("vkorc1_rs9923231", "G/G")))[0];

        // 5.6044 - 1.5684 + 1.4790 + 1.0240 = 6.5390
        Assert.Equal(42.758521, PublishedAlgorithms.Pharmacogenetic(subject, 170, 80, 6), 6);
    }

    [Fact]
    public void Pharmacogenetic_dose_with_variants_and_amiodarone()
    {
        var subject = Read(With(("race", "Asian"), ("vkorc1_rs9923231", "A/A"), ("cyp2c9", "*1/*3"), ("amiodarone", "1")))[0];

        // 5.6044 - 1.8298 + 1.3920 + 0.7680 - 1.6974 - 0.9357 - 0.1092 - 0.5503 = 2.6420
        Assert.Equal(6.980164, PublishedAlgorithms.Pharmacogenetic(subject, 160, 60, 7), 6);
    }

    [Fact]
    public void Pharmacogenetic_dose_without_genotype_under_an_inducer()
    {
        var subject = Read(With(
            ("race", "Black or African American"), ("vkorc1_rs9923231", ""), ("cyp2c9", ""), ("phenytoin", "1"), ("enzyme_inducer", "1")))[0];

        // 5.6044 - 1.3070 + 1.5225 + 1.1520 - 0.4854 - 0.2188 - 0.2760 + 1.1816 = 7.1733
        Assert.Equal(51.45623289, PublishedAlgorithms.Pharmacogenetic(subject, 175, 90, 5), 6);
    }

    [Theory]
    [InlineData("*1/*2", 36.2151)]
    [InlineData("*2/*2", 30.0019)]
    [InlineData("*2/*3", 21.3296)]
    [InlineData("*3/*3", 17.7056)]
    [InlineData("*1/*5", 39.9449)]
    public void Pharmacogenetic_dose_by_CYP2C9(string diplotype, double dose)
    {
        var subject = Read(With(("vkorc1_rs9923231", "G/G"), ("cyp2c9", diplotype)))[0];

        Assert.Equal(dose, PublishedAlgorithms.Pharmacogenetic(subject, 170, 80, 6), 0.001);
    }

    [Fact]
    public void Clinical_dose_of_a_reference_patient()
    {
        var subject = Read(With())[0];

        // 4.0376 - 1.5276 + 2.0060 + 1.0720 = 5.5880
        Assert.Equal(31.225744, PublishedAlgorithms.Clinical(subject, 170, 80, 6), 6);
    }

    [Fact]
    public void Clinical_dose_under_an_inducer()
    {
        var subject = Read(With(("race", "Black or African American"), ("enzyme_inducer", "1")))[0];

        // 4.0376 - 1.2730 + 2.0650 + 1.2060 + 0.4060 + 1.2799 = 7.7215
        Assert.Equal(59.62156225, PublishedAlgorithms.Clinical(subject, 175, 90, 5), 6);
    }
}
