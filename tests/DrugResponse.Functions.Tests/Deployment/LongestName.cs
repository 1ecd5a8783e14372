using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DrugResponse.Functions.Tests.Deployment;

/// <summary>Works out the longest name that an expression of a template can give: formats of parameters and variables.</summary>
internal static partial class LongestName
{
    public static string Of(string expression, JsonObject template)
    {
        if (Format().Match(expression) is { Success: true } format)
        {
            var arguments = Argument().Matches(format.Groups["arguments"].Value).Select(match => Value(match, template)).ToArray<object>();
            return string.Format(CultureInfo.InvariantCulture, format.Groups["format"].Value, arguments);
        }

        return expression;
    }

    private static string Value(Match argument, JsonObject template)
    {
        var name = argument.Groups["name"].Value;
        if (argument.Groups["kind"].Value == "variables")
        {
            var value = (string)template["variables"]![name]!;
            return Substring().Match(value) is { Success: true } substring
                ? new string('9', int.Parse(substring.Groups["length"].Value, CultureInfo.InvariantCulture))
                : Of(value, template);
        }

        var parameter = template["parameters"]![name]!;
        return parameter["allowedValues"] is JsonArray allowed
            ? allowed.Select(static one => (string)one!).MaxBy(static one => one.Length)!
            : new string('x', (int)parameter["maxLength"]!);
    }

    [GeneratedRegex(@"^\[format\('(?<format>[^']*)'(?<arguments>.*)\)\]$")]
    private static partial Regex Format();

    [GeneratedRegex(@"(?<kind>variables|parameters)\('(?<name>\w+)'\)")]
    private static partial Regex Argument();

    [GeneratedRegex(@"^\[substring\(.*, 0, (?<length>\d+)\)\]$")]
    private static partial Regex Substring();
}
