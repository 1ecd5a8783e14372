namespace DrugResponse.Training.Evidence;

/// <summary>
/// Turns published effects into log odds ratios of the event, with standard errors. A ratio of risks or hazards holds at the published
/// baseline: OR = RR (1 - p0) / (1 - RR p0); p1 = 1 - (1 - p0)^HR. Standard errors follow by the delta method from ln(high / low) / 3.92.
/// </summary>
internal static class EffectScale
{
    /// <summary>Standard error of a log effect without an interval, unless it is assumed.</summary>
    public const double WithoutInterval = 0.3;

    /// <summary>Standard error of an assumed log effect.</summary>
    public const double Assumed = 0.5;

    /// <summary>The log odds ratio of an effect and its standard error.</summary>
    /// <param name="row">The effect.</param>
    /// <param name="baseline">Risk of the published event in the reference group.</param>
    /// <exception cref="InvalidDataException">The measure is not known, or the ratio of risks exceeds certainty.</exception>
    public static LogOddsEffect Of(EffectRow row, double baseline)
    {
        var p0 = row.OnComplement ? 1 - baseline : baseline;
        var effect = Convert(row, p0);
        var share = row.Share ?? 1;
        var sign = row.OnComplement ? -1 : 1;
        return new LogOddsEffect(sign * share * effect.Value, share * effect.StandardError);
    }

    /// <summary>The logit of a probability.</summary>
    public static double Logit(double probability) => Math.Log(probability / (1 - probability));

    /// <summary>The probability of a logit.</summary>
    public static double Probability(double logit) => 1 / (1 + Math.Exp(-logit));

    private static LogOddsEffect Convert(EffectRow row, double p0)
    {
        var error = LogError(row);
        switch (row.Measure)
        {
            case "OR":
                return new LogOddsEffect(Math.Log(row.Value), error);
            case "RR":
                var risk = row.Value * p0;
                if (risk >= 1)
                    throw new InvalidDataException($"{row.Outcome}/{row.Factor}: a risk of {p0} times {row.Value} exceeds certainty.");
                return new LogOddsEffect(Logit(risk) - Logit(p0), error / (1 - risk));
            case "HR":
                var hazard = -Math.Log(1 - p0) * row.Value;
                var p1 = 1 - Math.Exp(-hazard);
                return new LogOddsEffect(Logit(p1) - Logit(p0), error * hazard / p1);
            case "risk":
                return new LogOddsEffect(Logit(row.Value) - Logit(p0), error);
            case "risk difference":
                return new LogOddsEffect(Logit(p0 + row.Value) - Logit(p0), error);
            case "beta" when row.OutcomeSd is { } sd:
                // A shift of a roughly normal outcome by b moves the log-odds of passing a threshold by about b / sd x pi / sqrt(3).
                var scale = Math.PI / Math.Sqrt(3) / sd;
                var width = row is { Low: { } low, High: { } high } ? (high - low) / 3.92 * scale : WithoutInterval;
                return new LogOddsEffect(row.Value * scale, width);
            default:
                throw new InvalidDataException($"{row.Outcome}/{row.Factor}: the measure '{row.Measure}' cannot be turned into log-odds.");
        }
    }

    private static double LogError(EffectRow row)
    {
        if (row.StandardError is { } given)
            return given;
        if (row is { Low: { } low, High: { } high } && low > 0)
            return Math.Log(high / low) / 3.92;
        return row.Basis == EvidenceBasis.Assumed ? Assumed : WithoutInterval;
    }
}

/// <summary>A log odds ratio.</summary>
/// <param name="Value">Natural logarithm of the odds ratio.</param>
/// <param name="StandardError">Its standard error.</param>
internal readonly record struct LogOddsEffect(double Value, double StandardError);
