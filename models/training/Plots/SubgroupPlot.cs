using System.Globalization;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Training.Plots;

/// <summary>Draws the table of subgroups: patients, observed over predicted, AUC and coverage.</summary>
internal static class SubgroupPlot
{
    private const double RowHeight = 20;
    private const double Top = 64;
    private const double BarLeft = 400;
    private const double BarWidth = 180;

    // The bar runs from 0.8 to 1.25, alike on the log scale.
    private const double Range = 0.2231435513142097;

    /// <summary>The drawing of a card's subgroups.</summary>
    public static string Draw(ModelCard card)
    {
        var groups = card.Metrics.Where(static metric => metric.Name == "observed / predicted").Select(static metric => metric.Group).Distinct().ToList();
        var drawing = new SvgDrawing(790, Top + groups.Count * RowHeight + 30)
            .Text("title", 12, 20, $"{card.Drug}/{card.Endpoint} {card.Version}: subgroups")
            .Text("small", 300, 46, "patients", "end").Text("small", 380, 46, "obs / pred", "end")
            .Text("small", BarLeft, 46, "0.8").Text("small", BarLeft + BarWidth / 2, 46, "1", "middle").Text("small", BarLeft + BarWidth, 46, "1.25", "end")
            .Text("small", 660, 46, "AUC", "end").Text("small", 760, 46, "coverage (90 %)", "end")
            .Line("axis", BarLeft + BarWidth / 2, Top - 12, BarLeft + BarWidth / 2, Top + groups.Count * RowHeight);
        foreach (var (index, group) in groups.Index())
            Draw(drawing, card, group, Top + index * RowHeight);
        return drawing.ToString();
    }

    private static void Draw(SvgDrawing drawing, ModelCard card, string group, double y)
    {
        var ratio = Find(card, group, "observed / predicted") ?? 1;
        var x = BarLeft + BarWidth / 2 * (1 + Math.Clamp(Math.Log(ratio) / Range, -1, 1));
        drawing.Text("", 12, y + 4, group)
            .Text("", 300, y + 4, Number(Find(card, group, "patients"), "0"), "end")
            .Text("", 380, y + 4, Number(ratio, "0.000"), "end")
            .Line("grid", BarLeft, y, BarLeft + BarWidth, y)
            .Dot(Math.Abs(Math.Log(ratio)) > Math.Log(1.1) ? "bad" : "point", x, y, 4)
            .Text("", 660, y + 4, Number(Find(card, group, "AUC"), "0.000"), "end")
            .Text("", 760, y + 4, Number(Find(card, group, "coverage of the 90 % interval"), "0.0 %"), "end");
    }

    private static double? Find(ModelCard card, string group, string name) =>
        card.Metrics.FirstOrDefault(metric => metric.Group == group && metric.Name == name)?.Value;

    private static string Number(double? value, string format) => value is { } known ? known.ToString(format, CultureInfo.InvariantCulture) : "";
}
