using System.Globalization;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Models;
using DrugResponse.Training.Additive;

namespace DrugResponse.Training.Plots;

/// <summary>Draws what each feature adds to the score, bin by bin, with the level of missing values.</summary>
internal static class ShapePlot
{
    private const double Width = 230;
    private const double Height = 110;
    private const double Gap = 50;
    private const int Columns = 3;
    private const double Least = 0.005;

    /// <summary>The drawing of a model's shape functions; those that add next to nothing are left out.</summary>
    public static string Draw(ModelCard card, AdditiveModel model)
    {
        var shapes = model.Shapes.Where(static shape => shape.Effects.Append(shape.MissingEffect).Max(Math.Abs) >= Least).ToList();
        var rows = Math.Max(1, (shapes.Count + Columns - 1) / Columns);
        var drawing = new SvgDrawing(Columns * (Width + Gap) + 20, rows * (Height + Gap) + 60)
            .Text("title", 20, 20, $"{card.Drug}/{card.Endpoint} {card.Version}: share of each feature in the score ({card.Scale})");
        foreach (var (index, shape) in shapes.Index())
            Draw(drawing, shape, 40 + index % Columns * (Width + Gap), 60 + index / Columns * (Height + Gap));
        return drawing.ToString();
    }

    private static void Draw(SvgDrawing drawing, ShapeFunction shape, double left, double top)
    {
        var most = Math.Max(shape.Effects.Append(shape.MissingEffect).Max(Math.Abs), 0.1);
        var width = (Width - 30) / shape.Effects.Length;
        double Y(double effect) => top + Height / 2 - effect / most * Height / 2;

        drawing.Text("", left, top - 8, shape.Feature).Line("axis", left, Y(0), left + Width, Y(0))
            .Text("small", left - 4, top + 8, Number(most), "end").Text("small", left - 4, top + Height, Number(-most), "end")
            .Path("line", shape.Effects.Index().SelectMany(bin => new[] { (left + bin.Index * width, Y(bin.Item)), (left + (bin.Index + 1) * width, Y(bin.Item)) }))
            .Line("bad", left + Width - 22, Y(shape.MissingEffect), left + Width - 4, Y(shape.MissingEffect))
            .Dot("bad", left + Width - 13, Y(shape.MissingEffect), 3.5)
            .Text("small", left + Width - 13, top + Height + 12, "missing", "middle")
            .Text("small", left, top + Height + 12, Range(shape));
    }

    private static string Range(ShapeFunction shape)
    {
        var bounds = shape.UpperBounds.Where(double.IsFinite).ToList();
        var unit = FeatureCatalogue.TryGet(shape.Feature, out var feature) ? feature.Unit : "";
        if (unit == "flag")
            return "no, yes";
        return bounds.Count switch
        {
            0 => unit,
            1 => $"up to, above {Number(bounds[0])} {unit}",
            _ => $"{Number(bounds[0])} to {Number(bounds[^1])} {unit}",
        };
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
