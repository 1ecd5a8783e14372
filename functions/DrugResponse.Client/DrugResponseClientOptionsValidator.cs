using Microsoft.Extensions.Options;

namespace DrugResponse.Client;

/// <summary>Says everything that is wrong with options at once.</summary>
internal sealed class DrugResponseClientOptionsValidator : IValidateOptions<DrugResponseClientOptions>
{
    private const int MostRetries = 10;

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(24);
    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromDays(1);

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, DrugResponseClientOptions options)
    {
        var faults = new List<string>();
        if (options.BaseAddress is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            faults.Add($"{nameof(options.BaseAddress)} must be an absolute http or https address.");
        else if ((options.BaseAddress.UserInfo, options.BaseAddress.Query, options.BaseAddress.Fragment) != ("", "", ""))
            faults.Add($"{nameof(options.BaseAddress)} must have neither user, query nor fragment.");
        else if (SendsCredentialInClear(options, options.BaseAddress))
            faults.Add($"{nameof(options.BaseAddress)} must be https, or {nameof(options.AllowsPlainHttp)} set: others can read http.");
        if (options.ApiKey is not null && options.AccessToken is not null)
            faults.Add($"Only one of {nameof(options.ApiKey)} and {nameof(options.AccessToken)} can be set.");
        if (options.ApiKey is { Length: 0 } || options.ApiKey?.Any(static c => char.IsControl(c) || c > '~') == true)
            faults.Add($"{nameof(options.ApiKey)} must be printable ASCII.");
        if (options.MaxRetries is < 0 or > MostRetries)
            faults.Add($"{nameof(options.MaxRetries)} must be from 0 to {MostRetries}.");
        if (options.RetryDelay <= TimeSpan.Zero)
            faults.Add($"{nameof(options.RetryDelay)} must be above 0.");
        if (options.MaxRetryDelay < options.RetryDelay)
            faults.Add($"{nameof(options.MaxRetryDelay)} must not be below {nameof(options.RetryDelay)}.");
        if (options.MaxRetryDelay > LongestRetryDelay)
            faults.Add($"{nameof(options.MaxRetryDelay)} must be at most a day.");
        if ((options.Timeout <= TimeSpan.Zero || options.Timeout > LongestTimeout) && options.Timeout != Timeout.InfiniteTimeSpan)
            faults.Add($"{nameof(options.Timeout)} must be above 0 and at most 24 days, or infinite.");
        if (options.Endurance < TimeSpan.Zero)
            faults.Add($"{nameof(options.Endurance)} must not be below 0.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool SendsCredentialInClear(DrugResponseClientOptions options, Uri address) =>
        address is { Scheme: "http", IsLoopback: false } && !options.AllowsPlainHttp
        && (options.ApiKey is not null || options.AccessToken is not null);
}
