namespace DrugResponse.Training.VirtualCohort;

/// <summary>
/// RYR1 as one allele, "any variant known to cause malignant hyperthermia": the tables have carrier rates of all such variants together.
/// </summary>
internal static class RyanodineReceptor
{
    public const string Symbol = "RYR1";

    /// <summary>The two alleles and their frequencies: of c carriers per person, about c / 2 of the chromosomes.</summary>
    public static (string[] Alleles, double[][] ByGroup) Frequencies() =>
        (["Reference", "pathogenic"],
        [.. AlleleFrequencies.OfEntry(Symbol, "any malignant-hyperthermia variant").Select(static carriers => new[] { 1 - carriers / 2, carriers / 2 })]);
}
