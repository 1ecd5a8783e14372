using System.Collections.Immutable;

namespace DrugResponse.Prediction.Features;

/// <summary>Measurements as they were given, one feature for each name.</summary>
internal static class MeasurementFeatures
{
    internal static ImmutableArray<Feature> All { get; } =
    [
        Of(MeasurementNames.Albumin, "g/L", "Serum albumin"),
        Of(MeasurementNames.AnaesthesiaDuration, "hours", "Planned or elapsed duration of anaesthesia"),
        Of(MeasurementNames.Bilirubin, "mg/dL", "Total serum bilirubin"),
        Of(MeasurementNames.CReactiveProtein, "mg/L", "C-reactive protein"),
        Of(MeasurementNames.SerumUrate, "mg/dL", "Serum urate before treatment"),
        Of(MeasurementNames.ThioguanineNucleotides, "pmol per 8 x 10^8 red cells", "6-thioguanine nucleotides"),
        Of(MeasurementNames.Uracil, "ng/mL", "Plasma uracil before treatment"),
        Of(MeasurementNames.ViralLoad, "copies/mL", "Plasma viral load of HIV before treatment"),
        Of(MeasurementNames.VoriconazoleTrough, "mg/L", "Trough concentration of voriconazole"),
        Of(MeasurementNames.WhiteCellCount, "10^9/L", "White cell count at diagnosis of leukaemia"),
    ];

    private static Feature Of(string name, string unit, string meaning)
    {
        var (min, max) = MeasurementNames.Ranges[name];
        return PatientFeature.Number(
            name,
            unit,
            min,
            max,
            $"{meaning}; NaN when not given.",
            $"measurements.{name}",
            [new FeatureInput($"/measurements/{name}")],
            patient => patient.Measurements.TryGetValue(name, out var value) ? (float)value : float.NaN);
    }
}
