using System.Globalization;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Phenoconversion;

/// <summary>Puts a conversion into one sentence.</summary>
internal static class ConversionText
{
    public static string Describe(Gene gene, IReadOnlyList<Perpetration> perpetrations, ConversionRule rule, bool isApplied)
    {
        var drugs = string.Join(", ", perpetrations.Select(Describe));
        var effect = rule.Effect switch
        {
            ModulatorEffect.Inhibitor => "inhibitor",
            ModulatorEffect.Inducer => "inducer",
            _ => "antagonist",
        };
        var strength = rule.Strength switch
        {
            ModulatorStrength.Strong => "strong",
            ModulatorStrength.Moderate => "moderate",
            _ => "weak",
        };
        var consequence = isApplied
            ? string.Create(CultureInfo.InvariantCulture, $"the {gene} activity score is multiplied by {rule.Factor}")
            : $"the {gene} phenotype was left as it is ({rule.Note})";
        return $"{drugs}: {strength} {rule.Target} {effect}; {consequence}. Source: {rule.Source} ({rule.Evidence}).";
    }

    private static string Describe(Perpetration perpetration) => perpetration.State switch
    {
        ExposureState.WashingOut => string.Create(
            CultureInfo.InvariantCulture, $"{perpetration.Drug.Drug} (stopped, counted until {perpetration.ActsUntil:yyyy-MM-dd})"),
        ExposureState.BuildingUp => $"{perpetration.Drug.Drug} (begun less than a week ago)",
        ExposureState.StoppedUndated => $"{perpetration.Drug.Drug} (stopped, date unknown)",
        _ => perpetration.Drug.Drug,
    };
}
