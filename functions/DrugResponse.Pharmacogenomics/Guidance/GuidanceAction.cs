namespace DrugResponse.Pharmacogenomics.Guidance;

/// <summary>What a guideline asks for.</summary>
/// <param name="Action">One of <see cref="GuidanceActions"/>.</param>
/// <param name="FallbackAction">The next option the guideline names, or null.</param>
/// <param name="DoseTarget">What a dose change applies to: <c>start</c>, <c>maintenance</c>, <c>daily</c>; null when not said.</param>
/// <param name="DoseFactorMin">Lower end of the fraction of the usual dose; null when not given.</param>
/// <param name="DoseFactorMax">Upper end of that fraction; null when not given or open.</param>
/// <param name="DoseCapMgPerDay">Absolute limit in milligrams per day; null when there is none.</param>
/// <param name="Monitoring">What to monitor: <c>tdm</c>, <c>adverse-events</c>, <c>efficacy</c>.</param>
/// <param name="Qualifiers">Codes of conditions on the action, such as <c>based-on-TPMT-only</c>.</param>
/// <param name="Strength">The guideline's classification: Strong, Moderate, Optional, No Recommendation, n/a.</param>
public sealed record GuidanceAction(
    string Action,
    string? FallbackAction,
    string? DoseTarget,
    decimal? DoseFactorMin,
    decimal? DoseFactorMax,
    decimal? DoseCapMgPerDay,
    IReadOnlyList<string> Monitoring,
    IReadOnlyList<string> Qualifiers,
    string Strength);
