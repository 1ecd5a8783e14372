namespace DrugResponse.Training.Validation;

/// <summary>
/// Area under the ROC curve when each patient's outcome is known as a chance: the patient counts as a yes with that weight and as a no with
/// the rest.
/// </summary>
internal static class ExpectedCurve
{
    private const int Parts = 20;

    // Quantile 97.5 % of Student's t with 19 degrees of freedom.
    private const double Student = 2.093;

    /// <summary>The area.</summary>
    public static double Area(IReadOnlyList<double> scores, IReadOnlyList<double> chances)
    {
        var order = new int[scores.Count];
        for (var n = 0; n < order.Length; n++)
            order[n] = n;
        Array.Sort(Array.ConvertAll(order, n => scores[n]), order);

        double won = 0, noBelow = 0, yesAll = 0;
        for (var start = 0; start < order.Length;)
        {
            double yes = 0, no = 0;
            var end = start;
            for (; end < order.Length && scores[order[end]] == scores[order[start]]; end++)
            {
                yes += chances[order[end]];
                no += 1 - chances[order[end]];
            }

            won += yes * (noBelow + no / 2);
            noBelow += no;
            yesAll += yes;
            start = end;
        }

        return won / (yesAll * noBelow);
    }

    /// <summary>The area and its 95 % interval, from the scatter between parts of the patients.</summary>
    public static (double Area, double Low, double High) WithInterval(IReadOnlyList<double> scores, IReadOnlyList<double> chances)
    {
        var size = scores.Count / Parts;
        double[] areas =
        [
            .. Enumerable.Range(0, Parts).Select(part => Area(
                [.. scores.Skip(part * size).Take(size)], [.. chances.Skip(part * size).Take(size)])),
        ];
        var mean = areas.Average();
        var error = Math.Sqrt(areas.Sum(area => (area - mean) * (area - mean)) / (Parts - 1) / Parts);
        var whole = Area(scores, chances);
        return (whole, Math.Max(whole - Student * error, 0), Math.Min(whole + Student * error, 1));
    }
}
