namespace DrugResponse.Prediction.Models;

/// <summary>How to put an interval around a model's raw score; it is mapped to the answer's scale like the score itself.</summary>
/// <param name="Level">Stated coverage, 0 to 1.</param>
/// <param name="Method">How the offsets were obtained and how their coverage was measured.</param>
/// <param name="RelativeToScore">
/// Whether the offsets are fractions of the score (where the truth scatters more around high scores than around low ones) rather
/// than amounts on the score's scale.
/// </param>
/// <param name="Strata">In order: the first stratum whose missing features are all missing in the patient applies; the
/// last has none and so always applies.</param>
public sealed record ModelInterval(double Level, string Method, bool RelativeToScore, IReadOnlyList<IntervalStratum> Strata)
{
    /// <summary>The interval around a score, on the model's scale.</summary>
    /// <param name="score">The raw score.</param>
    /// <param name="isMissing">Whether the patient's value of a feature, by name, is missing (NaN).</param>
    /// <returns>Lower and upper bound, and the stratum that they come from.</returns>
    /// <exception cref="InvalidOperationException">The card has no stratum of last resort.</exception>
    public (double Low, double High, IntervalStratum Stratum) Around(double score, Func<string, bool> isMissing)
    {
        foreach (var stratum in Strata)
        {
            if (!stratum.Missing.All(isMissing))
                continue;

            var unit = RelativeToScore ? Math.Abs(score) : 1;
            return (score + stratum.Lower * unit, score + stratum.Upper * unit, stratum);
        }

        throw new InvalidOperationException("The last stratum of an interval must have no missing features.");
    }
}

/// <summary>Offsets for the patients who lack some features.</summary>
/// <param name="Missing">Features that are missing (NaN); empty for the stratum of last resort.</param>
/// <param name="Lower">Offset of the lower bound, at most 0.</param>
/// <param name="Upper">Offset of the upper bound, at least 0.</param>
/// <param name="Patients">How many patients the offsets were measured on.</param>
/// <param name="Coverage">Measured coverage in those patients, out of fold.</param>
public sealed record IntervalStratum(IReadOnlyList<string> Missing, double Lower, double Upper, int Patients, double Coverage);
