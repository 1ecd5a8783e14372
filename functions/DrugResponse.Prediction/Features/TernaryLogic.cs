namespace DrugResponse.Prediction.Features;

/// <summary>Logic on flags of which some are not known: 1 true, 0 false, NaN unknown (Kleene's strong logic of three values).</summary>
internal static class TernaryLogic
{
    /// <summary>0 when either is known to be false, 1 when both are known to be true, else NaN.</summary>
    public static float And(float a, float b) => a == 0 || b == 0 ? 0 : a == 1 && b == 1 ? 1 : float.NaN;

    /// <summary>1 when either is known to be true, 0 when both are known to be false, else NaN.</summary>
    public static float Or(float a, float b) => a == 1 || b == 1 ? 1 : a == 0 && b == 0 ? 0 : float.NaN;

    /// <summary>The opposite; NaN stays NaN.</summary>
    public static float Not(float a) => 1 - a;

    /// <summary>The flag of a statement.</summary>
    public static float Of(bool statement) => statement ? 1 : 0;

    /// <summary>The flag of a statement that may not be known.</summary>
    public static float Of(bool? statement) => statement is { } known ? Of(known) : float.NaN;
}
