namespace DrugResponse.Pharmacogenomics.Guidance;

/// <summary>
/// Leaves out populations that a patient surely does not belong to. Populations by indication or earlier use are all kept.
/// </summary>
internal static class PopulationFilter
{
    private const double EfavirenzMinWeightKg = 40;

    /// <summary>Whether the patient may belong to a population.</summary>
    public static bool Fits(string population, GuidanceContext context) => population switch
    {
        "adults" => context.IsAdult != false,
        "pediatrics" => context.IsAdult != true,
        "child >40kg_adult" => context.IsAdult == true || context.WeightKg is not { } weight || weight > EfavirenzMinWeightKg,
        _ => true,
    };
}
