using System.Collections.Frozen;

namespace DrugResponse.Prediction.Features;

/// <summary>The measurements that features know. Each name states its unit; the request uses the same names.</summary>
public static class MeasurementNames
{
    /// <summary>Serum albumin, g/L.</summary>
    public const string Albumin = "albuminGPerL";

    /// <summary>Planned or elapsed duration of anaesthesia, hours.</summary>
    public const string AnaesthesiaDuration = "anaesthesiaHours";

    /// <summary>Total serum bilirubin, mg/dL.</summary>
    public const string Bilirubin = "bilirubinMgPerDl";

    /// <summary>C-reactive protein, mg/L.</summary>
    public const string CReactiveProtein = "cReactiveProteinMgPerL";

    /// <summary>Serum urate before treatment, mg/dL.</summary>
    public const string SerumUrate = "serumUrateMgPerDl";

    /// <summary>6-thioguanine nucleotides, pmol per 8 x 10^8 red cells.</summary>
    public const string ThioguanineNucleotides = "thioguanineNucleotidesPmolPer8E8Cells";

    /// <summary>Plasma uracil before treatment, ng/mL.</summary>
    public const string Uracil = "uracilNgPerMl";

    /// <summary>Plasma viral load of HIV before treatment, copies/mL.</summary>
    public const string ViralLoad = "viralLoadCopiesPerMl";

    /// <summary>Trough concentration of voriconazole, mg/L.</summary>
    public const string VoriconazoleTrough = "voriconazoleTroughMgPerL";

    /// <summary>White cell count at diagnosis of leukaemia, 10^9/L.</summary>
    public const string WhiteCellCount = "whiteCellCountPerNl";

    /// <summary>Least and greatest accepted value of each measurement, by name.</summary>
    public static FrozenDictionary<string, (double Min, double Max)> Ranges { get; } = new Dictionary<string, (double, double)>
    {
        [Albumin] = (5, 70),
        [AnaesthesiaDuration] = (0, 48),
        [Bilirubin] = (0, 60),
        [CReactiveProtein] = (0, 1000),
        [SerumUrate] = (0, 40),
        [ThioguanineNucleotides] = (0, 5000),
        [Uracil] = (0, 2000),
        [ViralLoad] = (0, 1e9),
        [VoriconazoleTrough] = (0, 50),
        [WhiteCellCount] = (0, 2000),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
