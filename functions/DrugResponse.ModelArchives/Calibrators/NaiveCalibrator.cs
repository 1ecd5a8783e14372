using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Calibrators;

/// <summary>A probability per bin of the score, all bins equally wide.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/Prediction/Calibrator.cs</c>. Body: i32 4; f32 bin size, above 0; f32 minimum;
/// f32[] probabilities (counted). Bin = (score - minimum) / size, cut to an integer, within the bins.
/// </remarks>
internal sealed class NaiveCalibrator(float binSize, float minimum, float[] probabilities) : Calibrator
{
    public static readonly ComponentFormat Format = new("NaiveCaliExec", "NAIVECAL", (1, 1), ComponentFormat.DataAssembly);

    public static NaiveCalibrator Read(ModelStream stream)
    {
        var body = stream.Body;
        body.FloatSize();
        var start = body.Position;
        var binSize = body.Single("the bin size");
        var minimum = body.Single("the minimum");
        var probabilities = body.CountedSingles("probabilities");

        if (!(binSize > 0) || !float.IsFinite(minimum) || probabilities.Length == 0)
            throw body.MalformedAt(start, "a bin size above 0, a finite minimum, and a bin", $"{binSize}, {minimum}, {probabilities.Length} bins");

        return new NaiveCalibrator(binSize, minimum, probabilities);
    }

    public override float Calibrate(float score)
    {
        if (float.IsNaN(score))
            return score;

        // Truncation comes after the clamp here, so that positions beyond the integers do not wrap around.
        var position = Math.Clamp((score - minimum) / binSize, 0, probabilities.Length - 1);

        return float.IsNaN(position) ? float.NaN : probabilities[(int)position];
    }
}
