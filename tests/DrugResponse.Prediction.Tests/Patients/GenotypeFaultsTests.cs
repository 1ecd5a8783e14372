using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Patients;

public sealed class GenotypeFaultsTests
{
    [Fact]
    public void Faults_stand_under_pointers_into_the_request_all_at_once()
    {
        var faults = Clinic.FaultsOf(new PredictionRequest
        {
            Genotype = new Genotype
            {
                Diplotypes = new Dictionary<string, IReadOnlyList<string>> { ["CYP2C99"] = ["*1/*1"], ["CYP2C9"] = ["*1/*9999"] },
                Variants = new Dictionary<string, string> { ["rs9923231"] = "Q/Z" },
                ActivityScores = new Dictionary<string, string> { ["DPYD"] = "much" },
                Phenotypes = new Dictionary<string, string> { ["CYP2C19"] = "splendid" },
            },
        });

        Assert.Equal(
            [
                "/genotype/activityScores/DPYD", "/genotype/diplotypes/CYP2C9", "/genotype/diplotypes/CYP2C99", "/genotype/phenotypes/CYP2C19",
                "/genotype/variants/rs9923231",
            ],
            faults.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Warnings_stand_under_pointers_into_the_request()
    {
        var reading = Clinic.Read(new PredictionRequest
        {
            Genotype = new Genotype { Variants = new Dictionary<string, string> { ["rs9923231"] = "G/A" } },
        });

        var warning = Assert.Single(reading.Warnings);
        Assert.Equal(("complement-strand", "/genotype/variants/rs9923231"), (warning.Code, warning.Path));
    }

    [Theory]
    [InlineData("*1/*3", true)]
    [InlineData("not tested", false)]
    public void Alleles_count_only_when_the_gene_is_called(string diplotype, bool called)
    {
        var reading = Clinic.Read(new PredictionRequest
        {
            Genotype = new Genotype { Diplotypes = new Dictionary<string, IReadOnlyList<string>> { ["CYP2C9"] = [diplotype] } },
        });

        Assert.Equal(called, reading.Profile.Alleles.ContainsKey("CYP2C9"));
    }

    [Fact]
    public void Two_diplotypes_that_may_both_be_meant_leave_the_alleles_unknown()
    {
        var reading = Clinic.Read(new PredictionRequest
        {
            Genotype = new Genotype { Diplotypes = new Dictionary<string, IReadOnlyList<string>> { ["CYP2C9"] = ["*1/*3", "*2/*3"] } },
        });

        Assert.False(reading.Profile.Alleles.ContainsKey("CYP2C9"));
    }
}
