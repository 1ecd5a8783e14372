using DrugResponse.Training.Evidence;

namespace DrugResponse.Training.Validation;

/// <summary>
/// Logistic regression of outcomes on predicted log-odds: slope 1 and intercept 0 when predictions are calibrated. Outcomes may be expected
/// ones (risks between 0 and 1).
/// </summary>
/// <param name="Slope">The slope.</param>
/// <param name="StandardError">What as many patients with drawn outcomes would leave it uncertain by.</param>
internal sealed record CalibrationFit(double Slope, double StandardError)
{
    public static CalibrationFit Of(IReadOnlyList<double> outcomes, IReadOnlyList<double> logOdds)
    {
        // Centred, so that the two unknowns hardly depend on each other however rare the outcome is.
        var centre = logOdds.Average();
        var (intercept, slope, information) = (centre, 1.0, 0.0);
        for (var iteration = 0; iteration < 60; iteration++)
        {
            double g0 = 0, g1 = 0, h00 = 0, h01 = 0, h11 = 0;
            for (var n = 0; n < outcomes.Count; n++)
            {
                var x = logOdds[n] - centre;
                var p = EffectScale.Probability(intercept + slope * x);
                var weight = p * (1 - p);
                g0 += outcomes[n] - p;
                g1 += (outcomes[n] - p) * x;
                h00 += weight;
                h01 += weight * x;
                h11 += weight * x * x;
            }

            var determinant = h00 * h11 - h01 * h01;
            if (determinant <= 1e-12 * h00 * h00)
                return new CalibrationFit(1, double.PositiveInfinity);
            var (step0, step1) = ((h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant);
            intercept += Math.Clamp(step0, -1, 1);
            slope += Math.Clamp(step1, -0.5, 0.5);
            information = determinant / h00;
            if (Math.Abs(step0) + Math.Abs(step1) < 1e-9)
                break;
        }

        return new CalibrationFit(slope, 1 / Math.Sqrt(information));
    }
}
