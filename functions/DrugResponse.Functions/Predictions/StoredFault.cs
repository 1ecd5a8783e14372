using System.Text.Json.Serialization.Metadata;
using DrugResponse.Contracts;
using DrugResponse.Storage.QueueFailures;

namespace DrugResponse.Functions.Predictions;

/// <summary>
/// Makes of a fault what may be kept in clear. A pointer and a message can repeat names that the caller chose: members that nobody knows,
/// genes, drugs. They are for the caller, and not for the table that operators read.
/// </summary>
internal static class StoredFault
{
    /// <summary>Stands for a name that the caller chose.</summary>
    public const string AnyName = "*";

    /// <summary>Stands for a message that may repeat such a name.</summary>
    public const string Withheld = "Told to callers of POST v1/predictions only, since it may repeat a name that the sender chose.";

    /// <summary>Makes the fault.</summary>
    /// <param name="pointer">JSON pointer into a prediction request.</param>
    /// <param name="message">What is wrong there.</param>
    public static QueueFault Of(string pointer, string message)
    {
        var known = Known(pointer);
        return new QueueFault(known, known == pointer ? message : Withheld);
    }

    // Walks the pointer along the request's own shape: only what stands in the contract, and indexes, come through.
    private static string Known(string pointer)
    {
        if (pointer.Length == 0)
            return pointer;
        JsonTypeInfo? shape = ContractsJsonContext.Wire.PredictionRequest;
        var segments = pointer.Split('/')[1..];
        for (var i = 0; i < segments.Length; i++)
            (segments[i], shape) = Step(shape, segments[i]);
        return $"/{string.Join('/', segments)}";
    }

    private static (string Segment, JsonTypeInfo? Shape) Step(JsonTypeInfo? shape, string segment)
    {
        if (shape is { Kind: JsonTypeInfoKind.Object }
            && shape.Properties.FirstOrDefault(member => member.Name == segment) is { } property)
            return (segment, shape.Options.GetTypeInfo(property.PropertyType));
        if (shape is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } && segment.All(char.IsAsciiDigit))
            return (segment, shape.Options.GetTypeInfo(element));
        return (AnyName, shape is { Kind: JsonTypeInfoKind.Dictionary, ElementType: { } value } ? shape.Options.GetTypeInfo(value) : null);
    }
}
