using DrugResponse.Contracts.Reading;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace DrugResponse.Functions.Batches;

/// <summary>
/// Which addresses a batch may have called at its end. They come from callers, and the call comes from inside: so only hosts that an operator
/// has named, and only over https (http on the same machine in Development).
/// </summary>
internal sealed class WebhookAddresses(IOptions<WebhookSettings> settings, IHostEnvironment environment)
{
    private const string Pointer = "/webhook";

    /// <summary>Reads an address; what cannot be called is a fault.</summary>
    public Uri? Read(StringValues text, FaultList faults)
    {
        if (text.Count == 0)
            return null;
        if (text[0] is { Length: > BatchLimits.MaxWebhookLength })
            faults.Add(Pointer, $"Must have at most {BatchLimits.MaxWebhookLength} characters.");
        else if (settings.Value.DecodeKey() is null)
            faults.Add(Pointer, "Webhooks are not set up here: there is no key to sign them with.");
        else if (!Uri.TryCreate(text[0], UriKind.Absolute, out var address) || address.UserInfo.Length > 0 || !IsAllowed(address))
            faults.Add(Pointer, "Must be an https address at a host that is allowed here.");
        else
            return address;
        return null;
    }

    /// <summary>Whether an address may be called.</summary>
    public bool IsAllowed(Uri address) =>
        (environment.IsDevelopment() && address is { Scheme: "http", IsLoopback: true })
        || (address.Scheme == Uri.UriSchemeHttps && settings.Value.Hosts.Contains(address.IdnHost, StringComparer.OrdinalIgnoreCase));
}
