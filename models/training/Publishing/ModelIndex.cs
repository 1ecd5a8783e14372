using System.Globalization;
using System.Text;
using System.Text.Json;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Training.Publishing;

/// <summary>
/// Writes <c>README.md</c> beside the registry: one line per active model with the figures of its card, so that a reader sees at a glance what
/// there is and how far to trust it.
/// </summary>
internal static class ModelIndex
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "README.md";

    private const string Ceiling = "AUC of the generating equation with everything known (ceiling)";

    /// <summary>Writes the index of a folder.</summary>
    public static void Write(string folder) => File.WriteAllText(Path.Combine(folder, FileName), Text(folder));

    /// <summary>The text of a folder's index.</summary>
    public static string Text(string folder)
    {
        var registry = Read(folder, "registry.json", ModelJson.Default.ModelRegistry);
        var text = new StringBuilder(
            "# Models\n\nWritten by `dotnet run --project models/training -- train`; every figure stands in the card, with how it was measured. "
            + "Models of a **virtual cohort** can never be better evidence than the published numbers behind it: their figures say how well the "
            + "model keeps to the simulation, not how well the simulation keeps to patients. *Assumed* counts the terms of the risk equation "
            + "that no source gives a number for; no claim may rest on them.\n\n"
            + "*Prevalence*: of the endpoint. *AUC / ceiling*: discrimination beside what the generating equation itself reaches. *Slope*, *O/P*: "
            + "calibration. *Coverage* of the 90 % interval in unseen worlds. *Wider*: median ratio of widths without the decisive genotype.\n\n"
            + "| Endpoint | Taught by | Predicts | Prevalence | AUC / ceiling | Slope | O/P | Coverage | Wider | Assumed |\n"
            + "|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var endpoint in registry.Endpoints)
        {
            var active = endpoint.Versions.Single(version => version.Version == endpoint.ActiveVersion);
            text.Append(Line(endpoint, active, Read(folder, active.Card, ModelJson.Default.ModelCard))).Append('\n');
        }

        return text.ToString();
    }

    private static string Line(RegisteredEndpoint endpoint, RegisteredVersion active, ModelCard card)
    {
        var assumed = card.Coefficients.Count(static coefficient => coefficient.Basis == "assumed");
        string[] cells =
        [
            $"[{endpoint.Drug}/{endpoint.Endpoint}]({active.Card})",
            card.TrainedOn == TrainingBasis.RealCohort ? "real patients" : card.HasNoKnownEffects ? "published rate, no known effect" : "virtual cohort",
            card.Predicts,
            Figure(card, "prevalence", "0.####"),
            $"{Figure(card, "AUC", "0.000")} / {Figure(card, Ceiling, "0.000")}",
            Figure(card, "calibration slope", "0.00"),
            Figure(card, "observed / predicted", "0.00"),
            Figure(card, "coverage of the 90 % interval", "0.0 %"),
            Figure(card, "median ratio of widths", "0.00", static group => group.EndsWith(" withheld", StringComparison.Ordinal)),
            card.Coefficients.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{assumed} of {card.Coefficients.Count}"),
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    private static string Figure(ModelCard card, string name, string format, Func<string, bool>? isGroup = null) =>
        card.Metrics.FirstOrDefault(metric => metric.Name == name && (isGroup ?? (static group => group == "all"))(metric.Group)) is { } metric
            ? metric.Value.ToString(format, CultureInfo.InvariantCulture)
            : "";

    private static T Read<T>(string folder, string path, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, path)), type)
        ?? throw new InvalidDataException($"{path} holds null.");
}
