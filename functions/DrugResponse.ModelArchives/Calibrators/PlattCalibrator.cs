using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Calibrators;

/// <summary>A sigmoid: p = 1 / (1 + exp(A * score + B)), in Double. A is negative for a sensible model.</summary>
/// <remarks>Source: ML.NET <c>src/Microsoft.ML.Data/Prediction/Calibrator.cs</c>. Body: f64 A, f64 B, both finite.</remarks>
internal sealed class PlattCalibrator(double slope, double offset) : Calibrator
{
    public static readonly ComponentFormat Format = new("PlattCaliExec", "PLATTCAL", (1, 1), ComponentFormat.DataAssembly);

    public double Slope { get; } = slope;

    public double Offset { get; } = offset;

    public static PlattCalibrator Read(ModelStream stream)
    {
        var body = stream.Body;
        var slope = body.Double("the slope");
        var offset = body.Double("the offset");

        if (!double.IsFinite(slope) || !double.IsFinite(offset))
            throw body.MalformedAt(ModelHeader.Size, "a finite slope and offset", $"{slope} and {offset}");

        return new PlattCalibrator(slope, offset);
    }

    public override float Calibrate(float score) => float.IsNaN(score) ? score : (float)(1 / (1 + Math.Exp((Slope * score) + Offset)));
}
