using System.Globalization;
using DrugResponse.Prediction.Models;
using DrugResponse.Training.Evidence;
using Spectre.Console;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>Trains reference models with a progress display, and prints one line per endpoint at the end.</summary>
internal sealed class ReferenceProgress(TextWriter output)
{
    /// <summary>Trains and publishes.</summary>
    public void Run(ReferenceTraining training, IReadOnlyList<string> drugs, string folder, CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        var endpoints = drugs.Sum(static drug => EvidenceTables.OfDrug(drug).Count);
        var done = new List<ModelCard>();
        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(progress =>
            {
                var task = progress.AddTask($"{endpoints} endpoints of {drugs.Count} drugs", maxValue: endpoints);
                training.Run(drugs, folder, endpoint =>
                {
                    lock (done)
                        done.Add(endpoint.Card);
                    task.Description = $"{endpoint.Card.Drug}/{endpoint.Card.Endpoint}";
                    task.Increment(1);
                }, cancellationToken);
            });

        output.WriteLine($"{"endpoint",-48} {"preval.",9} {"AUC",6} {"ceiling",8} {"slope",6} {"obs/pred",9} {"ECE",7} {"cover.",7} {"widen",6} {"ratio",6}");
        foreach (var card in done.OrderBy(static card => $"{card.Drug}/{card.Endpoint}", StringComparer.Ordinal))
            output.WriteLine(Line(card));
        output.WriteLine($"Written to {folder}.");
    }

    private static string Line(ModelCard card)
    {
        string Figure(string name, string format, Func<ModelMetric, bool>? isIn = null) =>
            card.Metrics.FirstOrDefault(metric => metric.Name == name && (isIn ?? (static each => each.Group == "all"))(metric)) is { } found
                ? found.Value.ToString(format, CultureInfo.InvariantCulture)
                : "";

        static bool Withheld(ModelMetric metric) => metric.Group.EndsWith(" withheld", StringComparison.Ordinal);
        return card.HasNoKnownEffects
            ? $"{$"{card.Drug}/{card.Endpoint}",-48} no known effect"
            : $"{$"{card.Drug}/{card.Endpoint}",-48} {Figure("prevalence", "0.######"),9} {Figure("AUC", "0.000"),6} "
                + $"{Figure("AUC of the generating equation with everything known (ceiling)", "0.000"),8} {Figure("calibration slope", "0.000"),6} "
                + $"{Figure("observed / predicted", "0.000"),9} {Figure("expected calibration error", "0.0000"),7} {Figure("coverage of the 90 % interval", "0.000"),7} "
                + $"{Figure("share of patients whose interval widens", "0.000", Withheld),6} {Figure("median ratio of widths", "0.00", Withheld),6}";
    }
}
