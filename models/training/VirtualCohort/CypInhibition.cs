using DrugResponse.Pharmacogenomics.Phenoconversion;

namespace DrugResponse.Training.VirtualCohort;

/// <summary>How strongly a patient's medications inhibit CYP2D6, by the service's own table of perpetrators.</summary>
internal static class CypInhibition
{
    /// <summary>A moderate inhibitor of CYP2D6.</summary>
    public const string ModerateExample = "duloxetine";

    /// <summary>The strongest inhibition of CYP2D6 among medications; null when none inhibits it.</summary>
    public static ModulatorStrength? OfCyp2d6(IReadOnlySet<string> medications)
    {
        ModulatorStrength? strongest = null;
        foreach (var effect in PerpetratorTable.Default.EffectsOf(medications))
        {
            if (effect is { Target: "CYP2D6", Effect: ModulatorEffect.Inhibitor } && (strongest is null || effect.Strength > strongest))
                strongest = effect.Strength;
        }

        return strongest;
    }
}
