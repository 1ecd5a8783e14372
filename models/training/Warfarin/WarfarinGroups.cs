using System.Collections.Immutable;

namespace DrugResponse.Training.Warfarin;

/// <summary>The groups by which accuracy is reported. A group of fewer than ten subjects is not.</summary>
internal static class WarfarinGroups
{
    public const string All = "all";
    private const int FewestSubjects = 10;

    private static readonly ImmutableArray<(string Name, Func<IwpcSubject, bool> Holds)> Groups =
    [
        (All, static _ => true),
        ("dose up to 21 mg/week", static subject => subject.WeeklyDose <= 21),
        ("dose over 21 and under 49 mg/week", static subject => subject.WeeklyDose is > 21 and < 49),
        ("dose 49 mg/week and over", static subject => subject.WeeklyDose >= 49),
        .. Races,
    ];

    private static (string, Func<IwpcSubject, bool>)[] Races =>
    [
        ("White", static subject => subject.Race == IwpcRace.White),
        ("Asian", static subject => subject.Race == IwpcRace.Asian),
        ("Black", static subject => subject.Race == IwpcRace.Black),
        ("race missing or mixed", static subject => subject.Race == IwpcRace.MissingOrMixed),
    ];

    /// <summary>All subjects, dose bands and races, with the indices of their subjects.</summary>
    public static IEnumerable<(string Name, int[] Members)> Of(WarfarinData data) => Indexed(data, Groups);

    /// <summary>Races alone.</summary>
    public static IEnumerable<(string Name, int[] Members)> RacesOf(WarfarinData data) => Indexed(data, Races);

    private static IEnumerable<(string Name, int[] Members)> Indexed(
        WarfarinData data, IEnumerable<(string Name, Func<IwpcSubject, bool> Holds)> groups) =>
        groups
            .Select(group => (group.Name, Enumerable.Range(0, data.Subjects.Count).Where(n => group.Holds(data.Subjects[n])).ToArray()))
            .Where(static group => group.Item2.Length >= FewestSubjects);
}
