namespace DrugResponse.ModelArchives.Writing;

/// <summary>probability = 1 / (1 + exp(Slope * score + Offset)).</summary>
/// <param name="Slope">Finite; negative if a higher score means a higher probability; -1 for a score that is a log-odds.</param>
/// <param name="Offset">Finite; 0 for a score that is a log-odds.</param>
public sealed record PlattCalibration(double Slope, double Offset)
{
    /// <summary>For a score that is a log-odds.</summary>
    public static PlattCalibration LogOdds { get; } = new(-1, 0);
}
