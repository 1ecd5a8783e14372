using DrugResponse.Training.Validation;

namespace DrugResponse.Training.Tests.Validation;

public class FoldsTests
{
    [Fact]
    public void Every_subject_is_in_one_fold_and_folds_differ_by_at_most_one()
    {
        var folds = Folds.Deal(103, 10, seed: 4);

        var sizes = folds.GroupBy(fold => fold).Select(group => group.Count()).ToList();
        Assert.Equal(103, folds.Length);
        Assert.Equal(Enumerable.Range(0, 10), folds.Distinct().Order());
        Assert.Equal(10, sizes.Min());
        Assert.Equal(11, sizes.Max());
    }

    [Fact]
    public void The_seed_decides()
    {
        Assert.Equal(Folds.Deal(50, 5, seed: 4), Folds.Deal(50, 5, seed: 4));
        Assert.NotEqual(Folds.Deal(50, 5, seed: 4), Folds.Deal(50, 5, seed: 5));
    }

    [Fact]
    public void Labels_are_numbered_in_ordinal_order()
    {
        Assert.Equal([1, 0, 1, 2], Folds.ByLabel(["B04", "B01", "B04", "B20"]));
    }
}
