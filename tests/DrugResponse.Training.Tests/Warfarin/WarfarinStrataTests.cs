using DrugResponse.Training.Warfarin;
using static DrugResponse.Training.Tests.Warfarin.MadeUpCohort;

namespace DrugResponse.Training.Tests.Warfarin;

public class WarfarinStrataTests
{
    [Fact]
    public void The_first_stratum_lacks_all_and_the_last_nothing()
    {
        Assert.Equal(32, WarfarinStrata.All.Distinct().Count());
        Assert.Equal(5, WarfarinStrata.Features(WarfarinStrata.All[0]).Count);
        Assert.Empty(WarfarinStrata.Features(WarfarinStrata.All[^1]));
    }

    [Fact]
    public void The_first_stratum_whose_features_are_all_missing_lacks_exactly_what_the_patient_lacks()
    {
        foreach (var lacking in WarfarinStrata.All)
        {
            var missing = WarfarinStrata.Features(lacking).ToHashSet();

            var first = WarfarinStrata.All.First(stratum => WarfarinStrata.Features(stratum).All(missing.Contains));

            Assert.Equal(lacking, first);
        }
    }

    [Fact]
    public void What_a_subject_lacks_in_truth_counts_besides_what_is_hidden()
    {
        var data = new WarfarinData(Read(With(("weight_kg", "")), With()), seed: 1);

        var missing = WarfarinStrata.Of(data, Hidden.Vkorc1);

        Assert.Equal([Hidden.Vkorc1 | Hidden.BodySize, Hidden.Vkorc1], missing);
    }
}
