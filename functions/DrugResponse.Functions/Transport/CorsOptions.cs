using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Transport;

/// <summary>Which pages of other origins may call from a browser, section <c>DrugResponse:Cors</c>.</summary>
internal sealed class CorsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "DrugResponse:Cors";

    /// <summary>
    /// The origins, such as <c>https://pharmacy.example</c>. None by default: then no page of another origin may call, and no browser is
    /// told anything about it. There is no entry for all origins.
    /// </summary>
    public IList<string> Origins { get; } = [];
}

/// <summary>Refuses what is no origin.</summary>
internal sealed class CorsOptionsValidator : IValidateOptions<CorsOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, CorsOptions options)
    {
        var faults = options.Origins
            .Index()
            .Where(static origin => !IsOrigin(origin.Item))
            .Select(static origin =>
                $"{CorsOptions.Section}:{nameof(CorsOptions.Origins)}:{origin.Index} must be an origin: scheme, host and port if not the usual one, nothing behind it.")
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    // As a browser sends it: text that differs in anything would never be met.
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.GetLeftPart(UriPartial.Authority) == text
        && uri.UserInfo.Length == 0;
}
