using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Documentation;
using DrugResponse.Contracts.Patients;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Reading;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DrugResponse.Functions.OpenApi;

/// <summary>Adds to the schemas of the wire records what their types alone do not say.</summary>
internal static class SchemaDetails
{
    /// <summary>The keyword under which the unit of a number stands.</summary>
    public const string UnitKeyword = "x-unit";

    // Requests are read member by member, and unknown members are refused. Answers may get new members at any time.
    private static readonly HashSet<Type> Closed =
    [
        typeof(PredictionRequest), typeof(Patient), typeof(Genotype), typeof(Medication), typeof(PatientLookupRequest), typeof(ApiKeyRequest),
        typeof(ApiKeyRotation), typeof(PatientConsentRequest),
    ];

    /// <summary>Completes one schema; the signature is that of a schema transformer.</summary>
    public static Task CompleteAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (Closed.Contains(context.JsonTypeInfo.Type))
            schema.AdditionalPropertiesAllowed = false;
        foreach (var omitted in context.JsonTypeInfo.Properties.Where(IsLeftOutWhenNull))
            schema.Required?.Remove(omitted.Name);
        if (context.JsonTypeInfo.Type == typeof(JsonElement))
            schema.Type = JsonSchemaType.Object;
        RequireOneOf(schema, context.JsonTypeInfo.Type);
        if (context.JsonPropertyInfo?.AttributeProvider is not { } property)
            return Task.CompletedTask;

        if (Find<UnitAttribute>(property) is { } unit)
            (schema.Extensions ??= new Dictionary<string, IOpenApiExtension>())[UnitKeyword] = new JsonNodeExtension(unit.Unit);
        if (Find<RangeAttribute>(property) is { } range)
            Bound(schema, range);
        if (context.JsonPropertyInfo.PropertyType is { } type && (type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?)))
            (schema.Type, schema.Format) = (type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null, "date-time");
        if (property is MemberInfo { DeclaringType: { } owner } member && owner == typeof(Genotype))
            Loosen(schema, member.Name);
        TextDetails.AddTo(schema, context.JsonPropertyInfo.Name, property);
        return Task.CompletedTask;
    }

    private static bool IsLeftOutWhenNull(JsonPropertyInfo property) =>
        property.AttributeProvider is { } provider
        && Find<JsonIgnoreAttribute>(provider) is { Condition: JsonIgnoreCondition.WhenWritingNull };

    private static void RequireOneOf(OpenApiSchema schema, Type type)
    {
        if (type == typeof(Medication))
            schema.OneOf = Requiring(PredictionRequestReader.NamingMembers);
        else if (type == typeof(PredictionRequest))
            schema.AnyOf = Requiring(PredictionRequestReader.ScoringMembers);
    }

    private static List<IOpenApiSchema> Requiring(IEnumerable<string> members) =>
        [.. members.Select(static member => new OpenApiSchema { Required = new HashSet<string> { member } })];

    private static void Bound(OpenApiSchema schema, RangeAttribute range)
    {
        // A map's bounds are those of its values.
        var bounded = schema.AdditionalProperties as OpenApiSchema ?? schema;
        if (bounded != schema)
            (schema.Minimum, schema.Maximum, schema.ExclusiveMinimum) = (null, null, null);
        if (range.MinimumIsExclusive)
            bounded.ExclusiveMinimum = Text(range.Minimum);
        else
            bounded.Minimum = Text(range.Minimum);
        bounded.Maximum = Convert.ToDouble(range.Maximum, System.Globalization.CultureInfo.InvariantCulture) >= UnitAttribute.Most
            ? null
            : Text(range.Maximum);
    }

    private static string? Text(object bound) => Convert.ToString(bound, System.Globalization.CultureInfo.InvariantCulture);

    // These are read more generously than the record that they are read into can say.
    private static void Loosen(OpenApiSchema schema, string member)
    {
        if (member == nameof(Genotype.Diplotypes))
        {
            schema.AdditionalProperties = new OpenApiSchema
            {
                OneOf =
                [
                    new OpenApiSchema { Type = JsonSchemaType.String },
                    new OpenApiSchema
                    {
                        Type = JsonSchemaType.Array,
                        Items = new OpenApiSchema { Type = JsonSchemaType.String },
                        MinItems = 1,
                        MaxItems = PredictionRequestReader.MaxStatementsPerGene,
                    },
                ],
            };
        }
        else if (member == nameof(Genotype.ActivityScores))
        {
            schema.AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Number, Minimum = "0" };
        }
    }

    /// <summary>An attribute of a member, or null.</summary>
    public static TAttribute? Find<TAttribute>(ICustomAttributeProvider property)
        where TAttribute : Attribute =>
        property.GetCustomAttributes(typeof(TAttribute), inherit: true).OfType<TAttribute>().FirstOrDefault();
}
