namespace DrugResponse.Training.Validation;

/// <summary>Figures as cards state them.</summary>
internal static class Figures
{
    private const int Digits = 4;

    /// <summary>A figure to four significant digits: what lies beyond is noise of the simulation.</summary>
    public static double Round(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value;
        var scale = Digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return scale is >= 0 and <= 15 ? Math.Round(value, scale) : scale < 0 ? Math.Round(value) : value;
    }

    /// <summary>The same for a figure that may be absent.</summary>
    public static double? Round(double? value) => value is { } known ? Round(known) : null;
}
