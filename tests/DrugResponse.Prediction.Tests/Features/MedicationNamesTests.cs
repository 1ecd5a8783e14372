using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Tests.Features;

public class MedicationNamesTests
{
    [Fact]
    public void Classes_of_ingredients_are_added_and_other_names_kept()
    {
        var names = MedicationNames.WithClasses(["phenobarbital", "bisoprolol"]);

        Assert.Equal(
            ["barbiturate", "bisoprolol", "enzyme inducer", "phenobarbital"],
            names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_ingredient_is_named_like_a_class()
    {
        Assert.Empty(MedicationNames.Members.Keys.Intersect(MedicationNames.Ingredients));
    }
}
