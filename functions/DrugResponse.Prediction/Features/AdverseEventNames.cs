namespace DrugResponse.Prediction.Features;

/// <summary>The canonical names of past adverse events that features are computed from.</summary>
public static class AdverseEventNames
{
    /// <summary>Anaphylaxis.</summary>
    public const string Anaphylaxis = "anaphylaxis";

    /// <summary>Major bleeding other than gastrointestinal, or without saying where.</summary>
    public const string Bleeding = "bleeding";

    /// <summary>Bronchospasm, aspirin-exacerbated respiratory disease among others.</summary>
    public const string Bronchospasm = "bronchospasm";

    /// <summary>Bleeding of the stomach or gut, a bleeding ulcer among others.</summary>
    public const string GastrointestinalBleeding = "gastrointestinal bleeding";

    /// <summary>Too few white cells: leukopenia, neutropenia, agranulocytosis.</summary>
    public const string Leukopenia = "leukopenia";

    /// <summary>Malignant hyperthermia.</summary>
    public const string MalignantHyperthermia = "malignant hyperthermia";

    /// <summary>Harm to muscles: pain, raised creatine kinase, myopathy, rhabdomyolysis.</summary>
    public const string Myopathy = "myopathy";

    /// <summary>Ulcer of the stomach or duodenum that is not said to have bled.</summary>
    public const string PepticUlcer = "peptic ulcer";

    /// <summary>A rash or another cutaneous drug reaction, severe ones among them.</summary>
    public const string Rash = "rash";

    /// <summary>Respiratory depression.</summary>
    public const string RespiratoryDepression = "respiratory depression";
}
