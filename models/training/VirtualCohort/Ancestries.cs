using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Patients;

namespace DrugResponse.Training.VirtualCohort;

/// <summary>The biogeographical groups of the frequency tables, their shares in a cohort, and where a figure is borrowed that a group lacks.</summary>
internal static class Ancestries
{
    /// <summary>The nine groups, in the order of the shares.</summary>
    public static IReadOnlyList<AncestryGroup> All { get; } =
    [
        AncestryGroup.AfricanAmerican, AncestryGroup.American, AncestryGroup.CentralSouthAsian, AncestryGroup.EastAsian, AncestryGroup.European,
        AncestryGroup.Latino, AncestryGroup.NearEastern, AncestryGroup.Oceanian, AncestryGroup.SubSaharanAfrican,
    ];

    /// <summary>Shares of the groups when none are given: every group large enough to learn from, not any country's population.</summary>
    public static IReadOnlyList<double> DefaultShares { get; } = [0.12, 0.03, 0.10, 0.16, 0.32, 0.11, 0.05, 0.02, 0.09];

    /// <summary>Name of a group in the tables.</summary>
    /// <param name="group">One of <see cref="All"/>; the tables know no others.</param>
    public static string TableName(AncestryGroup group) => All.Contains(group)
        ? AncestryTerms.NameOf(group)
        : throw new ArgumentOutOfRangeException(nameof(group), group, "No group of the frequency tables.");

    /// <summary>
    /// The groups whose figure stands for a group's, nearest first, the group itself among them. A borrowed frequency weighs what is not
    /// known in the simulation; it is an assumption.
    /// </summary>
    public static IReadOnlyList<AncestryGroup> Nearest(AncestryGroup group) => group switch
    {
        AncestryGroup.AfricanAmerican => [group, AncestryGroup.SubSaharanAfrican, AncestryGroup.European],
        AncestryGroup.American => [group, AncestryGroup.Latino, AncestryGroup.European],
        AncestryGroup.CentralSouthAsian => [group, AncestryGroup.European],
        AncestryGroup.EastAsian => [group, AncestryGroup.CentralSouthAsian],
        AncestryGroup.European => [group],
        AncestryGroup.Latino => [group, AncestryGroup.American, AncestryGroup.European],
        AncestryGroup.NearEastern => [group, AncestryGroup.European],
        AncestryGroup.Oceanian => [group, AncestryGroup.EastAsian],
        AncestryGroup.SubSaharanAfrican => [group, AncestryGroup.AfricanAmerican, AncestryGroup.European],
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "No group of the frequency tables."),
    };
}
