using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Batches;

/// <summary>Whom batches may tell of their end, section <c>DrugResponse:Batches:Webhooks</c>.</summary>
internal sealed class WebhookSettings
{
    /// <summary>The configuration section.</summary>
    public const string Section = $"{BatchSettings.Section}:Webhooks";

    /// <summary>
    /// The secret that calls are signed with, which receivers know too: at least 32 bytes in base64. Without it, submissions that name a webhook
    /// are refused. In Development a public one by default: <c>jupGEijFtLqDGHworNUc/eMNt6xx5wpkJIBz34DvpXc=</c>.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>The hosts that may be called. None by default; in Development the same machine is allowed as well.</summary>
    public IList<string> Hosts { get; } = [];

    /// <summary>The key in binary; null if there is none.</summary>
    public byte[]? DecodeKey() => string.IsNullOrEmpty(Key) ? null : Convert.FromBase64String(Key);

    /// <summary>A key that is no secret, for Development.</summary>
    public const string DevelopmentKey = "jupGEijFtLqDGHworNUc/eMNt6xx5wpkJIBz34DvpXc=";
}

/// <summary>Refuses a start with a key that is none.</summary>
internal sealed class WebhookSettingsValidator : IValidateOptions<WebhookSettings>
{
    private const int MinKeyBytes = 32;

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, WebhookSettings options)
    {
        var bytes = new byte[options.Key?.Length ?? 0];
        return string.IsNullOrEmpty(options.Key) || (Convert.TryFromBase64String(options.Key, bytes, out var length) && length >= MinKeyBytes)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{WebhookSettings.Section}:{nameof(options.Key)} must hold at least {MinKeyBytes} bytes in base64.");
    }
}
