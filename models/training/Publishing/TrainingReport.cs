using System.Globalization;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Training.Publishing;

/// <summary>Prints a model card as a readable report.</summary>
internal static class TrainingReport
{
    public static void Write(TextWriter output, ModelCard card)
    {
        output.WriteLine();
        output.WriteLine($"{card.Drug}/{card.Endpoint} {card.Version}: {card.Predicts}");
        output.WriteLine();
        foreach (var group in card.Metrics.GroupBy(static metric => metric.Group))
        {
            output.WriteLine($"  {group.Key}");
            foreach (var metric in group)
                output.WriteLine($"    {metric.Name,-88} {Figure(metric),28}");
        }

        output.WriteLine();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {card.Interval.Level:P0} interval on the scale {card.Scale}, {Source(card.Interval)}"));
        foreach (var stratum in card.Interval.Strata)
        {
            var missing = stratum.Missing.Count == 0 ? "(nothing)" : string.Join(", ", stratum.Missing);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"    {missing,-88} {stratum.Lower,8:F3} to {stratum.Upper,6:F3}  n {stratum.Patients,5}  covered {stratum.Coverage:P1}"));
        }
    }

    private static string Source(ModelInterval interval) => interval switch
    {
        { Strata.Count: 0 } => "from the archives of a spread",
        { RelativeToScore: true } => "offsets as fractions of the score, by what is missing",
        _ => "by what is missing",
    };

    private static string Figure(ModelMetric metric) => metric is { Low: { } low, High: { } high }
        ? string.Create(CultureInfo.InvariantCulture, $"{metric.Value:F4} ({low:F4} to {high:F4})")
        : metric.Value.ToString("F4", CultureInfo.InvariantCulture);
}
