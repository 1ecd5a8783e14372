using System.Globalization;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Training.Plots;

/// <summary>Draws the calibration curve: observed against predicted, both on the scale of the curve's own range.</summary>
internal static class ReliabilityPlot
{
    private const double Size = 300;
    private const double Left = 60;
    private const double Top = 40;

    /// <summary>The drawing of a card's curve.</summary>
    public static string Draw(ModelCard card)
    {
        var drawing = new SvgDrawing(Left + Size + 30, Top + Size + 50);
        var most = card.Reliability.Max(static point => Math.Max(point.Predicted, point.Observed));
        var least = card.Reliability.Min(static point => Math.Min(point.Predicted, point.Observed));
        var range = Math.Max(most - least, 1e-9);
        double Share(double probability) => 0.05 + 0.9 * (probability - least) / range;
        drawing.Text("title", Left, 20, $"{card.Drug}/{card.Endpoint} {card.Version}: calibration");
        for (var i = 0; i <= 4; i++)
        {
            var share = i / 4.0;
            drawing.Line("grid", Left, Y(share), Left + Size, Y(share)).Line("grid", X(share), Top, X(share), Top + Size)
                .Text("small", Left - 6, Y(share) + 4, Label(least + range * (share - 0.05) / 0.9), "end")
                .Text("small", X(share), Top + Size + 16, Label(least + range * (share - 0.05) / 0.9), "middle");
        }

        drawing.Line("ideal", X(0), Y(0), X(1), Y(1))
            .Path("line", card.Reliability.Select(point => (X(Share(point.Predicted)), Y(Share(point.Observed)))));
        foreach (var point in card.Reliability)
            drawing.Dot("point", X(Share(point.Predicted)), Y(Share(point.Observed)), 3.5);
        return drawing
            .Text("", Left + Size / 2, Top + Size + 38, "predicted probability (tenths of the patients)", "middle")
            .Text("", 8, Top - 8, "observed")
            .ToString();
    }

    private static double X(double share) => Left + share * Size;

    private static double Y(double share) => Top + (1 - share) * Size;

    private static string Label(double value) =>
        value.ToString(Math.Abs(value) is > 0 and < 0.001 ? "0.##E0" : "0.###", CultureInfo.InvariantCulture);
}
