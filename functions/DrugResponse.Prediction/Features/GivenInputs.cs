using System.Collections.Frozen;

namespace DrugResponse.Prediction.Features;

/// <summary>Tells which parts of the request were given, by what the profile holds.</summary>
internal static class GivenInputs
{
    private const string Measurements = "/measurements/";
    private const string Doses = "/doses/";

    private static readonly FrozenDictionary<string, Func<PatientProfile, bool>> Members =
        new Dictionary<string, Func<PatientProfile, bool>>
    {
        ["/patient/ageYears"] = static patient => patient.AgeYears is not null,
        ["/patient/sex"] = static patient => patient.Sex is not null,
        ["/patient/weightKg"] = static patient => patient.WeightKg is not null,
        ["/patient/heightCm"] = static patient => patient.HeightCm is not null,
        ["/patient/ancestry"] = static patient => patient.Ancestry is not null,
        ["/patient/eGfr"] = static patient => patient.EGfr is not null,
        ["/patient/smoker"] = static patient => patient.Smoker is not null,
        ["/medications"] = static patient => patient.ActiveMedications is not null,
        ["/conditions"] = static patient => patient.Conditions is not null,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// Whether a part was given. Of an allele that is no HLA allele nobody can say, since a call names other alleles: it counts as not
    /// given.
    /// </summary>
    /// <param name="patient">The patient.</param>
    /// <param name="input">The part of the request.</param>
    /// <exception cref="ArgumentException">The pointer is none that a profile knows of.</exception>
    public static bool Has(PatientProfile patient, FeatureInput input) => input switch
    {
        { Gene: { } gene, Allele: null } => patient.Alleles.ContainsKey(gene) || patient.ClinicalPhenotypes.ContainsKey(gene),
        { Gene: { } gene, Allele: { } allele } => patient.HlaAlleles.ContainsKey(gene + allele),
        { Condition: { } condition } => !float.IsNaN(ConditionFeatures.Has(patient, condition)),
        _ when input.Path.StartsWith(Measurements, StringComparison.Ordinal) =>
            patient.Measurements.ContainsKey(input.Path[Measurements.Length..]),
        _ when input.Path.StartsWith(Doses, StringComparison.Ordinal) => patient.DosesMg.ContainsKey(input.Path[Doses.Length..]),
        _ when Members.TryGetValue(input.Path, out var has) => has(patient),
        _ => throw new ArgumentException($"A profile knows of no {input.Path}.", nameof(input)),
    };
}
