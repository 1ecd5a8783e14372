using System.Collections.Immutable;

namespace DrugResponse.Prediction.Features;

/// <summary>Doses per administration, planned or taken, and what they are in proportion to the patient.</summary>
internal static class DoseFeatures
{
    private const double MaxDoseMg = 100_000;
    private const double MaxPerEGfr = 1000;

    internal static ImmutableArray<Feature> All { get; } =
    [
        Dose("simvastatinDoseMg", "simvastatin"),
        Dose("atorvastatinDoseMg", "atorvastatin"),
        Dose("ibuprofenDoseMg", "ibuprofen"),
        Dose("celecoxibDoseMg", "celecoxib"),
        PatientFeature.Number("succinylcholineDoseMgPerKg", "mg/kg", 0, 400_000,
            "Succinylcholine per administration and kilogram of body weight; NaN unless dose and weight are known.",
            Source("succinylcholine") + ", patient.weightKg",
            [DoseOf("succinylcholine"), new FeatureInput("/patient/weightKg")],
            static patient => (float)(Mg(patient, "succinylcholine") / (patient.WeightKg ?? double.NaN))),
        PatientFeature.Number("allopurinolDosePerEGfr", "mg per mL/min/1.73 m2", 0, MaxPerEGfr,
            "Allopurinol per administration and estimated glomerular filtration rate, 1000 for more; NaN unless both are known.",
            Source("allopurinol") + ", patient.eGfr; after Stamp LK et al., Arthritis Rheum 2012;64:2529-36",
            [DoseOf("allopurinol"), new FeatureInput("/patient/eGfr")],
            static patient => (float)Math.Min(Mg(patient, "allopurinol") / (patient.EGfr ?? double.NaN), MaxPerEGfr)),
    ];

    private static Feature Dose(string name, string drug) => PatientFeature.Number(
        name,
        "mg",
        0,
        MaxDoseMg,
        $"Dose of {drug} per administration, planned or taken; NaN when it is not known.",
        Source(drug),
        [DoseOf(drug)],
        patient => (float)Mg(patient, drug));

    private static double Mg(PatientProfile patient, string drug) => patient.DosesMg.TryGetValue(drug, out var dose) ? dose : double.NaN;

    private static string Source(string drug) => $"doses.{drug}, else the line of an active medication with one strength in mg";

    private static FeatureInput DoseOf(string drug) => new($"/doses/{drug}");
}
