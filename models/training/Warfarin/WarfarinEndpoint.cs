using System.Collections.Immutable;
using DrugResponse.Training.Additive;

namespace DrugResponse.Training.Warfarin;

/// <summary>A question with the answer yes or no that is put to the stable dose.</summary>
/// <param name="Key">Endpoint as in the registry.</param>
/// <param name="Terms">Terms of its model.</param>
/// <param name="Holds">Whether it holds, given the stable dose in mg per week.</param>
internal sealed record WarfarinEndpoint(string Key, ImmutableArray<AdditiveTerm> Terms, Func<double, bool> Holds)
{
    /// <summary>The dose that most patients are started on, mg per week (5 mg a day).</summary>
    public const double StandardDose = 35;

    /// <summary>The stable dose is within 20 % of the standard dose.</summary>
    public static WarfarinEndpoint StandardDoseSuffices { get; } = new(
        "standard-dose-suffices", WarfarinTerms.StandardDoseSuffices, static dose => dose is >= 0.8 * StandardDose and <= 1.2 * StandardDose);

    /// <summary>The standard dose is more than one and a half times the stable dose.</summary>
    public static WarfarinEndpoint StandardDoseOverdoses { get; } = new(
        "standard-dose-overdoses", WarfarinTerms.StandardDoseOverdoses, static dose => dose * 1.5 < StandardDose);
}
