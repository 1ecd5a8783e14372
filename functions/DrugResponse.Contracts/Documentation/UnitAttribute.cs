namespace DrugResponse.Contracts.Documentation;

/// <summary>The unit of a number, for the API's description; ranges are told by the attributes of <c>System.ComponentModel.DataAnnotations</c>.</summary>
/// <param name="unit">The unit in UCUM-like notation, <c>1</c> for a share or a probability, or one of the constants.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UnitAttribute(string unit) : Attribute
{
    /// <summary>The scale that the model's <c>scale</c> member or its card names, such as log-odds. Such a number has no bounds.</summary>
    public const string Scale = "the model's scale";

    /// <summary>That of the answer that the number belongs to: 1 for a probability, the dose's <c>unit</c> for a dose.</summary>
    public const string OfTheAnswer = "that of the answer";

    /// <summary>That of the feature, as <c>GET v1/features</c> lists it with its bounds.</summary>
    public const string OfTheFeature = "that of the feature";

    /// <summary>That of the measurement, which its name states; <c>GET v1/features</c> lists the bounds.</summary>
    public const string OfTheMeasurement = "that of the measurement";

    /// <summary>Rows of a batch.</summary>
    public const string Rows = "rows";

    /// <summary>Lines of an input, counted from 1.</summary>
    public const string Lines = "lines";

    /// <summary>For ranges without an upper bound: the greatest number that every JSON reader reads exactly.</summary>
    public const double Most = 9_007_199_254_740_991;

    /// <summary>The unit.</summary>
    public string Unit { get; } = unit;
}
