using DrugResponse.Prediction.Features;
using DrugResponse.Training.Additive;

namespace DrugResponse.Training.Warfarin;

/// <summary>
/// Completes height and weight for the published formulas, which need both: linear regression on the other one where it is known,
/// with race and sex, as the cohort's authors did. Our own models take what is missing as missing.
/// </summary>
internal sealed class BodySize
{
    private readonly double[] _heightByWeight;
    private readonly double[] _height;
    private readonly double[] _weightByHeight;
    private readonly double[] _weight;

    public BodySize(IReadOnlyList<IwpcSubject> subjects)
    {
        _heightByWeight = Fit(subjects, static profile => profile.HeightCm, static profile => profile.WeightKg);
        _height = Fit(subjects, static profile => profile.HeightCm, static _ => 0);
        _weightByHeight = Fit(subjects, static profile => profile.WeightKg, static profile => profile.HeightCm);
        _weight = Fit(subjects, static profile => profile.WeightKg, static _ => 0);
    }

    public double HeightCm(IwpcSubject subject) => subject.Profile.HeightCm
        ?? (subject.Profile.WeightKg is { } weight ? Predict(_heightByWeight, subject, weight) : Predict(_height, subject, 0));

    public double WeightKg(IwpcSubject subject) => subject.Profile.WeightKg
        ?? (subject.Profile.HeightCm is { } height ? Predict(_weightByHeight, subject, height) : Predict(_weight, subject, 0));

    private static double[] Fit(
        IReadOnlyList<IwpcSubject> subjects, Func<PatientProfile, double?> outcome, Func<PatientProfile, double?> other)
    {
        var system = new SymmetricSystem(Predictors.Length);
        foreach (var subject in subjects)
        {
            if (outcome(subject.Profile) is not { } y || other(subject.Profile) is not { } x)
                continue;

            var values = Values(subject, x);
            system.AddOuter(1, Predictors, values);
            for (var k = 0; k < values.Length; k++)
                system.AddRight(k, values[k] * y);
        }

        // A predictor that no subject shows must not make the system singular.
        foreach (var k in Predictors)
            system.Add(k, k, 1e-6);

        return system.Solve();
    }

    private static readonly int[] Predictors = [0, 1, 2, 3, 4, 5];

    private static double Predict(double[] coefficients, IwpcSubject subject, double other) =>
        Values(subject, other).Zip(coefficients, static (value, coefficient) => value * coefficient).Sum();

    private static double[] Values(IwpcSubject subject, double other) =>
    [
        1,
        other,
        subject.Race == IwpcRace.Asian ? 1 : 0,
        subject.Race == IwpcRace.Black ? 1 : 0,
        subject.Race == IwpcRace.MissingOrMixed ? 1 : 0,
        subject.Profile.Sex == Sex.Male ? 1 : 0,
    ];
}
