namespace DrugResponse.Training.Validation;

/// <summary>Which subjects are held out together.</summary>
internal static class Folds
{
    /// <summary>
    /// Deals <paramref name="subjects"/> subjects into <paramref name="folds"/> folds of sizes that differ by at most one.
    /// </summary>
    public static int[] Deal(int subjects, int folds, int seed)
    {
        var order = Enumerable.Range(0, subjects).ToArray();
        new Random(seed).Shuffle(order);
        var fold = new int[subjects];
        for (var place = 0; place < subjects; place++)
            fold[order[place]] = place % folds;

        return fold;
    }

    /// <summary>One fold per distinct label, numbered in ordinal order of the labels.</summary>
    public static int[] ByLabel(IReadOnlyList<string> labels)
    {
        var numbers = labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(static (label, number) => (label, number))
            .ToDictionary(static pair => pair.label, static pair => pair.number, StringComparer.Ordinal);
        return [.. labels.Select(label => numbers[label])];
    }
}
