using System.Security.Cryptography;
using System.Text;
using DrugResponse.Functions.Access;
using DrugResponse.Storage.Protection;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Protection;

/// <summary>
/// Secret master keys as they stand in the settings. On the Functions platform such a setting is a Key Vault reference, which the platform
/// resolves before the app starts; elsewhere whatever hands secrets to the process does it.
/// </summary>
internal abstract class MasterKeyOptions
{
    /// <summary>Master keys by version (1 and up): 32 random bytes each, base64.</summary>
    public Dictionary<int, string> Keys { get; } = [];

    /// <summary>The version in use for what is new; the highest when not set.</summary>
    public int? CurrentVersion { get; set; }

    /// <summary>The version in use.</summary>
    public int EffectiveVersion => CurrentVersion ?? Keys.Keys.DefaultIfEmpty().Max();

    /// <summary>The keys in binary.</summary>
    public Dictionary<int, byte[]> DecodeKeys() => Keys.ToDictionary(key => key.Key, key => Convert.FromBase64String(key.Value));

    /// <summary>
    /// A key that is no secret, for Development: the data of a laptop's emulator is made up, and must stay readable from one
    /// start to the next.
    /// </summary>
    /// <param name="name">What tells it from others.</param>
    protected static string PublicKey(string name) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    /// <summary>Whether a key is one of Development, of these settings or of others.</summary>
    /// <param name="key">The key.</param>
    public static bool IsPublic(ReadOnlySpan<byte> key) =>
        Convert.ToBase64String(key) is var text && (text == PseudonymOptions.DevelopmentKey || text == ProtectionOptions.DevelopmentKey);
}

/// <summary>Refuses a start without usable keys.</summary>
/// <typeparam name="T">The settings.</typeparam>
/// <param name="section">Their configuration section.</param>
/// <param name="environment">Where the app runs.</param>
internal sealed class MasterKeyOptionsValidator<T>(string section, IHostEnvironment environment) : IValidateOptions<T>
    where T : MasterKeyOptions
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var faults = new List<string>();
        if (options.Keys.Count == 0)
            faults.Add($"{section}:Keys needs at least one key outside Development, such as {section}:Keys:1.");
        foreach (var (version, key) in options.Keys)
        {
            var bytes = new byte[MasterKeyRing.KeyLength + 1];
            if (version < 1 || !Convert.TryFromBase64String(key, bytes, out var length) || length != MasterKeyRing.KeyLength)
                faults.Add($"{section}:Keys:{version} must be numbered from 1 and hold {MasterKeyRing.KeyLength} bytes in base64.");
            else if (!environment.IsDevelopment() && MasterKeyOptions.IsPublic(bytes.AsSpan(0, length)))
                faults.Add($"{section}:Keys:{version} is the key of Development, which everybody knows.");
        }

        if (options.CurrentVersion is { } current && !options.Keys.ContainsKey(current))
            faults.Add($"{section}:CurrentVersion is {current}, for which there is no key.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}

/// <summary>Registers settings with master keys.</summary>
internal static class MasterKeyRegistration
{
    /// <summary>Binds and validates them; in Development a public key stands in for absent ones.</summary>
    /// <typeparam name="T">The settings.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="section">Their configuration section.</param>
    /// <param name="developmentKey">The public key.</param>
    public static void AddMasterKeys<T>(this IServiceCollection services, string section, string developmentKey)
        where T : MasterKeyOptions
    {
        services.AddSingleton<IValidateOptions<T>>(
            provider => new MasterKeyOptionsValidator<T>(section, provider.GetRequiredService<IHostEnvironment>()));
        services.AddOptions<T>()
            .BindConfiguration(section)
            .PostConfigure<IHostEnvironment>((options, environment) =>
            {
                if (environment.IsDevelopment() && options.Keys.Count == 0)
                    options.Keys.Add(1, developmentKey);
            })
            .ValidateOnStart();
    }
}
