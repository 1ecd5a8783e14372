using DrugResponse.Prediction.Features;
using DrugResponse.Training.VirtualCohort;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>The groups of patients that a model is examined in.</summary>
internal static class Subgroups
{
    /// <summary>Every group: by ancestry, sex, age and kidney function.</summary>
    public static IReadOnlyList<(string Name, Func<Subject, bool> Holds)> All { get; } =
    [
        .. Ancestries.All.Select(static (group, position) => ($"ancestry: {Ancestries.TableName(group)}", Of(subject => subject.Ancestry == position))),
        ("sex: female", Of(static subject => subject.Sex == Sex.Female)),
        ("sex: male", Of(static subject => subject.Sex == Sex.Male)),
        ("age: under 18", Of(static subject => subject.Age < 18)),
        ("age: 18 to 39", Of(static subject => subject.Age is >= 18 and < 40)),
        ("age: 40 to 64", Of(static subject => subject.Age is >= 40 and < 65)),
        ("age: 65 to 74", Of(static subject => subject.Age is >= 65 and < 75)),
        ("age: 75 and over", Of(static subject => subject.Age >= 75)),
        ("eGFR: under 30", Of(static subject => subject.EGfr < 30)),
        ("eGFR: 30 to 59", Of(static subject => subject.EGfr is >= 30 and < 60)),
        ("eGFR: 60 and over", Of(static subject => subject.EGfr >= 60)),
    ];

    /// <summary>Groups by ancestry alone, with the group's position.</summary>
    public static IEnumerable<(string Name, int Position)> ByAncestry =>
        Ancestries.All.Select(static (group, position) => ($"ancestry: {Ancestries.TableName(group)}", position));

    private static Func<Subject, bool> Of(Func<Subject, bool> holds) => holds;
}
