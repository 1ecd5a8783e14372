using System.Globalization;
using CsvHelper;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Training.OwnData;

/// <summary>Real patients as a data scientist has them: columns of the feature catalogue and what happened. Immutable.</summary>
/// <param name="Features">The columns, in the order of the file.</param>
/// <param name="Rows">Values by patient; NaN where the cell is empty.</param>
/// <param name="Outcomes">Whether the endpoint was reached.</param>
internal sealed record OwnCohort(IReadOnlyList<Feature> Features, IReadOnlyList<float[]> Rows, IReadOnlyList<bool> Outcomes)
{
    /// <summary>Name of the column that says whether the endpoint was reached: 1 or 0.</summary>
    public const string OutcomeColumn = "outcome";

    private const int MostFaults = 100;
    private const int LeastOfEach = 20;

    /// <summary>Reads a CSV.</summary>
    /// <exception cref="DataFaultsException">The file cannot be used; all faults are named by line and column.</exception>
    public static OwnCohort Read(TextReader text)
    {
        using var csv = CsvReader.Create(text, new CsvReaderOptions { Separator = ',', TrackLineNumbers = true }, leaveOpen: true);
        csv.ReadHeader();
        var features = ReadHeader([.. csv.Headers]);
        var faults = new List<string>();
        var (rows, outcomes) = (new List<float[]>(), new List<bool>());
        while (faults.Count < MostFaults && csv.Read())
        {
            if (csv.FieldCount != csv.Headers.Count)
            {
                faults.Add($"line {csv.LineNumber}: {csv.FieldCount} cells where the header has {csv.Headers.Count}");
                continue;
            }

            rows.Add([.. features.Select(feature => ReadValue(feature, csv.GetString(feature.Name), (int)csv.LineNumber, faults))]);
            outcomes.Add(ReadOutcome(csv.GetString(OutcomeColumn), (int)csv.LineNumber, faults));
        }

        if (faults.Count == 0 && Math.Min(outcomes.Count(static each => each), outcomes.Count(static each => !each)) < LeastOfEach)
            faults.Add($"{outcomes.Count} rows with {outcomes.Count(static each => each)} outcomes: at least {LeastOfEach} of each kind are needed");
        return faults.Count == 0 ? new OwnCohort(features, rows, outcomes) : throw new DataFaultsException(faults);
    }

    private static List<Feature> ReadHeader(IReadOnlyList<string> headers)
    {
        var faults = new List<string>();
        var features = new List<Feature>();
        foreach (var header in headers)
        {
            if (header == OutcomeColumn)
                continue;
            if (!FeatureCatalogue.TryGet(header, out var feature) || feature.ChainedFrom is not null)
                faults.Add($"line 1: '{header}' is no feature of the catalogue that a file can give");
            else if (features.Contains(feature))
                faults.Add($"line 1: column {header} stands twice");
            else
                features.Add(feature);
        }

        if (!headers.Contains(OutcomeColumn))
            faults.Add($"line 1: column {OutcomeColumn} is missing");
        if (features.Count == 0)
            faults.Add("line 1: no column is a feature of the catalogue");
        return faults.Count == 0 ? features : throw new DataFaultsException(faults);
    }

    private static float ReadValue(Feature feature, string? cell, int line, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(cell))
            return float.NaN;
        if (!float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !float.IsFinite(value))
            faults.Add($"line {line}: {feature.Name} is no number");
        else if (value < feature.Min || value > feature.Max)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"line {line}: {feature.Name} lies outside {feature.Min} to {feature.Max}"));
        return value;
    }

    private static bool ReadOutcome(string? cell, int line, List<string> faults)
    {
        if (cell?.Trim() is not ("0" or "1"))
            faults.Add($"line {line}: {OutcomeColumn} is neither 0 nor 1");
        return cell?.Trim() == "1";
    }
}
