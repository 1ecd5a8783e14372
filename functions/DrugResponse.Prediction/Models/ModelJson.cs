using System.Text.Json;
using System.Text.Json.Serialization;

namespace DrugResponse.Prediction.Models;

/// <summary>
/// Reads and writes <c>registry.json</c> and <c>card.json</c>: camelCase, indented, LF. Reading is strict: a missing, unknown or
/// repeated property, a null where none is allowed, or a number for an enumeration is a <see cref="JsonException"/> that names
/// the place.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(ModelRegistry))]
[JsonSerializable(typeof(ModelCard))]
public sealed partial class ModelJson : JsonSerializerContext;

/// <summary>Writes enumerations as camelCase strings and reads nothing else.</summary>
internal sealed class EndpointKindJson() : JsonStringEnumConverter<EndpointKind>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

/// <summary>Writes what taught a model as a kebab-case string and reads nothing else.</summary>
internal sealed class TrainingBasisJson() : JsonStringEnumConverter<TrainingBasis>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);
