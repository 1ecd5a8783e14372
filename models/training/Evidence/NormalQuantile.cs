namespace DrugResponse.Training.Evidence;

/// <summary>
/// Quantile of the standard normal distribution by Acklam's rational approximation (relative error below 1.2e-9).
/// </summary>
internal static class NormalQuantile
{
    private static readonly double[] A = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.3577518672690, -30.66479806614716, 2.506628277459239];
    private static readonly double[] B = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572];
    private static readonly double[] C =
        [-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783];

    private static readonly double[] D = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];

    /// <summary>The number that a standard normal one stays below with this chance.</summary>
    /// <param name="probability">Between 0 and 1, both excluded.</param>
    public static double Of(double probability)
    {
        const double Tail = 0.02425;
        if (probability < Tail)
            return Outer(Math.Sqrt(-2 * Math.Log(probability)));
        if (probability > 1 - Tail)
            return -Outer(Math.Sqrt(-2 * Math.Log(1 - probability)));

        var q = probability - 0.5;
        var r = q * q;
        return (((((A[0] * r + A[1]) * r + A[2]) * r + A[3]) * r + A[4]) * r + A[5]) * q
            / (((((B[0] * r + B[1]) * r + B[2]) * r + B[3]) * r + B[4]) * r + 1);
    }

    private static double Outer(double q) =>
        (((((C[0] * q + C[1]) * q + C[2]) * q + C[3]) * q + C[4]) * q + C[5])
        / ((((D[0] * q + D[1]) * q + D[2]) * q + D[3]) * q + 1);
}
