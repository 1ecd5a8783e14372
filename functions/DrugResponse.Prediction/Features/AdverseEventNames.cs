namespace DrugResponse.Prediction.Features;

/// <summary>The canonical names of past adverse events that features are computed from.</summary>
public static class AdverseEventNames
{
    /// <summary>A rash or another cutaneous drug reaction, severe ones among them.</summary>
    public const string Rash = "rash";

    /// <summary>Malignant hyperthermia.</summary>
    public const string MalignantHyperthermia = "malignant hyperthermia";
}
