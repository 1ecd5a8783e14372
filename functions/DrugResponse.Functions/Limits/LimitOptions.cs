using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Limits;

/// <summary>
/// How much one tenant may ask of one process, section <c>DrugResponse:Limits</c>. Processes do not share their counts: several allow
/// several times as much. Callers without a credential share these limits by their address,
/// or by the network of 64 bits that an IPv6 address lies in.
/// </summary>
internal sealed class LimitOptions : TenantLimit
{
    /// <summary>The configuration section.</summary>
    public const string Section = "DrugResponse:Limits";

    /// <summary>Limits of single tenants, by their names, in place of the usual ones.</summary>
    public Dictionary<string, TenantLimit> Tenants { get; } = new(StringComparer.Ordinal);

    /// <summary>The limits of a tenant.</summary>
    /// <param name="tenant">Its name.</param>
    public TenantLimit For(string tenant) => Tenants.GetValueOrDefault(tenant, this);
}

/// <summary>How much one tenant may ask for.</summary>
internal class TenantLimit
{
    /// <summary>Requests per second in the long run, 1 to 100,000. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int RequestsPerSecond { get; set; } = 1000;

    /// <summary>Requests at once after a pause, 1 to 100,000. Default 2,000.</summary>
    [Range(1, 100_000)]
    public int Burst { get; set; } = 2000;

    /// <summary>Requests in work at a time, 1 to 10,000. Default 128.</summary>
    [Range(1, 10_000)]
    public int Concurrent { get; set; } = 128;

    /// <summary>Requests that wait for a place when all are taken, 0 to 10,000; further ones are refused. Default 256.</summary>
    [Range(0, 10_000)]
    public int Waiting { get; set; } = 256;
}

/// <summary>Holds every limit against its range; a limit of a single tenant is named with it.</summary>
internal sealed class LimitOptionsValidator : IValidateOptions<LimitOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, LimitOptions options)
    {
        var faults = FaultsOf(options, LimitOptions.Section)
            .Concat(options.Tenants.SelectMany(static tenant => FaultsOf(tenant.Value, $"{LimitOptions.Section}:Tenants:{tenant.Key}")))
            .ToArray();
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> FaultsOf(TenantLimit limit, string section)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(limit, new ValidationContext(limit), results, validateAllProperties: true);
        return results.Select(result => $"{section}: {result.ErrorMessage}");
    }
}
