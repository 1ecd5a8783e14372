using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using DrugResponse.Contracts.Documentation;
using Microsoft.OpenApi;

namespace DrugResponse.Functions.OpenApi;

/// <summary>Adds to the schema of a member which texts it can hold, and how many.</summary>
internal static class TextDetails
{
    /// <summary>Adds what the attributes say, and where they say nothing, what the member's name does.</summary>
    /// <param name="schema">The member's schema.</param>
    /// <param name="member">Its name on the wire.</param>
    /// <param name="property">Its attributes.</param>
    public static void AddTo(OpenApiSchema schema, string member, ICustomAttributeProvider property)
    {
        if (SchemaDetails.Find<EntriesAttribute>(property) is { } entries)
            Bound(schema, entries);
        if (SchemaDetails.Find<WordsAttribute>(property) is { } words)
            schema.Description = $"{schema.Description} Today one of: {Name(words)}. New ones may come.";

        var texts = Texts(schema).ToList();
        if (SchemaDetails.Find<AllowedValuesAttribute>(property) is { } allowed)
            texts.ForEach(text => text.Enum = [.. allowed.Values.Select(static value => JsonValue.Create((string)value!))]);
        else if (SchemaDetails.Find<TextAttribute>(property) is { } described)
            texts.ForEach(text => Form(described).AddTo(text));
        else if (KnownTexts.Find(member) is { } known)
            texts.Where(static text => text.Format is null).ToList().ForEach(known.AddTo);
    }

    // Of a list the texts in it, of a map those that its names stand for: none is a text itself.
    private static IEnumerable<OpenApiSchema> Texts(IOpenApiSchema? schema)
    {
        if (schema is not OpenApiSchema found)
            return [];
        return found.Type?.HasFlag(JsonSchemaType.String) == true
            ? [found]
            : Texts(found.Items).Concat(Texts(found.AdditionalProperties)).Concat((found.OneOf ?? []).SelectMany(Texts));
    }

    private static TextForm Form(TextAttribute described) => new()
    {
        MinLength = described.MaxLength > 0 ? 1 : null,
        MaxLength = described.MaxLength > 0 ? described.MaxLength : null,
        Pattern = described.Pattern,
    };

    private static void Bound(OpenApiSchema schema, EntriesAttribute entries)
    {
        int? least = entries.Least > 0 ? entries.Least : null;
        if (schema.Type?.HasFlag(JsonSchemaType.Array) == true)
            (schema.MinItems, schema.MaxItems) = (least, entries.Most);
        else
            (schema.MinProperties, schema.MaxProperties) = (least, entries.Most);
    }

    private static string Name(WordsAttribute words) => string.Join(
        ", ",
        words.Holder.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(static field => field.IsLiteral)
            .Select(static field => $"`{field.GetRawConstantValue()}`"));
}
