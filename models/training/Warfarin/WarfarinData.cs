using DrugResponse.Prediction.Features;
using DrugResponse.Training.Additive;

namespace DrugResponse.Training.Warfarin;

/// <summary>The subjects to train on, their examples, and what each of them counts as.</summary>
internal sealed class WarfarinData
{
    /// <summary>Weight of a subject's copy from which something is hidden, against 1 for the subject as known.</summary>
    public const double CopyWeight = 0.25;

    private readonly Dictionary<Hidden, IReadOnlyList<PatientProfile>> _profiles = [];
    private readonly Dictionary<Hidden, IReadOnlyList<float[]>> _doseRows = [];
    private readonly List<float[]> _exampleDoseRows;

    public WarfarinData(IReadOnlyList<IwpcSubject> subjects, int seed)
    {
        Subjects = subjects;
        Doses = [.. subjects.Select(static subject => subject.WeeklyDose!.Value)];
        Examples = Warfarin.Examples.Of(subjects, CopyWeight, seed);
        ExampleProfiles = [.. Examples.Select(static example => example.Profile)];
        _exampleDoseRows = FeatureRows.Of(WarfarinTerms.Dose.Select(static term => term.Feature), ExampleProfiles);
    }

    public IReadOnlyList<IwpcSubject> Subjects { get; }

    /// <summary>Stable dose in mg per week, by subject.</summary>
    public double[] Doses { get; }

    public IReadOnlyList<Example> Examples { get; }

    public IReadOnlyList<PatientProfile> ExampleProfiles { get; }

    /// <summary>Dose features of every example.</summary>
    public IReadOnlyList<float[]> ExampleDoseRows => _exampleDoseRows;

    /// <summary>Every subject without what is hidden.</summary>
    public IReadOnlyList<PatientProfile> Profiles(Hidden hidden)
    {
        if (!_profiles.TryGetValue(hidden, out var profiles))
            _profiles[hidden] = profiles = [.. Subjects.Select(subject => subject.Profile.Without(hidden))];

        return profiles;
    }

    /// <summary>Dose features of every subject without what is hidden.</summary>
    public IReadOnlyList<float[]> DoseRows(Hidden hidden)
    {
        if (!_doseRows.TryGetValue(hidden, out var rows))
            _doseRows[hidden] = rows = FeatureRows.Of(WarfarinTerms.Dose.Select(static term => term.Feature), Profiles(hidden));

        return rows;
    }

    /// <summary>A training set of the examples of the subjects that count, each weighted by its subject's weight.</summary>
    /// <param name="rows">Features by example.</param>
    /// <param name="outcome">Outcome by weekly dose.</param>
    /// <param name="subjectWeights">Weight by subject; the examples of a subject of weight 0 are left out.</param>
    public TrainingSet TrainingSet(IReadOnlyList<float[]> rows, Func<double, double> outcome, IReadOnlyList<double> subjectWeights)
    {
        var counted = Enumerable.Range(0, Examples.Count).Where(n => subjectWeights[Examples[n].Subject] > 0).ToArray();
        return new TrainingSet(
            [.. counted.Select(n => rows[n])],
            [.. counted.Select(n => outcome(Doses[Examples[n].Subject]))],
            [.. counted.Select(n => Examples[n].Weight * subjectWeights[Examples[n].Subject])]);
    }
}
