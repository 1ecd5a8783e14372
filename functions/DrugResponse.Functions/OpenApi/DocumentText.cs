using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DrugResponse.Functions.OpenApi;

/// <summary>Turns doc comments that were written for C# into text for callers of any language.</summary>
internal static partial class DocumentText
{
    private const string Description = "description";
    private const string Paragraph = "\n\n";

    /// <summary>
    /// Replaces references to C# members (<c>string? Medication.RxNorm</c>) by the names that they have on the wire, and joins wrapped
    /// lines.
    /// </summary>
    /// <param name="node">A part of the document, which is changed.</param>
    public static void Tidy(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                Tidy(item);
        }
        else if (node is JsonObject members)
        {
            foreach (var (_, member) in members)
                Tidy(member);
            if (members[Description] is JsonValue value && value.TryGetValue<string>(out var text))
                members[Description] = Reflow(MemberReference().Replace(text, WireName));
        }
    }

    // Comments are wrapped and indented for their source file; an empty line parts paragraphs.
    private static string Reflow(string text) => string.Join(
        Paragraph,
        text.Split(Paragraph, StringSplitOptions.RemoveEmptyEntries)
            .Select(static paragraph => WhiteSpace().Replace(paragraph, " ").Trim()));

    private static string WireName(Match match) => $"`{JsonNamingPolicy.CamelCase.ConvertName(match.Groups["member"].Value)}`";

    [GeneratedRegex(@"\b[A-Za-z][\w.]*(?:(?:<|&lt;)\S+?(?:>|&gt;))?(?:\[\])?\?? [A-Z]\w+\.(?<member>[A-Z]\w*)\b")]
    private static partial Regex MemberReference();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
