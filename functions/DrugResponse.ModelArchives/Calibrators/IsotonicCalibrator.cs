using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Calibrators;

/// <summary>A monotone function by pieces (pool adjacent violators), constant on each and linear between them.</summary>
/// <remarks>
/// <para>
/// Source: ML.NET <c>src/Microsoft.ML.Data/Prediction/Calibrator.cs</c>. Body: i32 4; i32 n; n times f32 minimum, f32 maximum,
/// f32 value. Pieces lie one behind the other; values increase, the last is at most 1.
/// </para>
/// <para>
/// With p the first piece whose maximum is not below the score: value[p] if the score is at least its minimum, else linear
/// between value[p-1] and value[p], in Single. Below the first and above the last piece, their values. Clamped to 1e-15 and 1 - 1e-15, in Single.
/// </para>
/// </remarks>
internal sealed class IsotonicCalibrator(float[] minima, float[] maxima, float[] values) : Calibrator
{
    public static readonly ComponentFormat Format = new("PAVCaliExec", "PAV  CAL", (1, 1), ComponentFormat.DataAssembly);

    private const float Smallest = 1e-15f;
    private const float Largest = 1 - Smallest;

    public static IsotonicCalibrator Read(ModelStream stream)
    {
        var body = stream.Body;
        body.FloatSize();
        var count = body.Count(12, "pieces");
        var (minima, maxima, values) = (new float[count], new float[count], new float[count]);

        for (var piece = 0; piece < count; piece++)
        {
            var start = body.Position;
            minima[piece] = body.Single("the minimum of a piece");
            maxima[piece] = body.Single("the maximum of a piece");
            values[piece] = body.Single("the value of a piece");

            var isBehind = piece == 0 ? values[piece] >= 0 : minima[piece] > maxima[piece - 1] && values[piece] > values[piece - 1];
            if (!isBehind || !(minima[piece] <= maxima[piece]) || !(values[piece] <= 1))
                throw body.MalformedAt(start, "pieces one behind the other, with values that increase from 0 to 1", $"{minima[piece]} to {maxima[piece]}: {values[piece]}");
        }

        return new IsotonicCalibrator(minima, maxima, values);
    }

    public override float Calibrate(float score)
    {
        if (float.IsNaN(score))
            return score;

        // Comparing this way round keeps a result that is not a number.
        var probability = Interpolate(score);
        if (probability < Smallest)
            return Smallest;

        return probability > Largest ? Largest : probability;
    }

    private float Interpolate(float score)
    {
        if (values.Length == 0)
            return 0;
        if (score < minima[0])
            return values[0];
        if (score > maxima[^1])
            return values[^1];

        var piece = FirstNotBelow(score);
        if (score >= minima[piece])
            return values[piece];

        var share = (score - maxima[piece - 1]) / (minima[piece] - maxima[piece - 1]);

        return values[piece - 1] + (share * (values[piece] - values[piece - 1]));
    }

    private int FirstNotBelow(float score)
    {
        var low = 0;
        var high = maxima.Length - 1;

        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (maxima[middle] >= score)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
