using System.Security.Cryptography;
using System.Text;
using DrugResponse.Storage.Patients;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Access;

/// <summary>
/// The secret master keys behind patient pseudonyms and request hashes, section <c>DrugResponse:Pseudonyms</c>. In Azure they
/// come from Key Vault references.
/// </summary>
internal sealed class PseudonymOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "DrugResponse:Pseudonyms";

    /// <summary>Master keys by version (1 and up): 32 random bytes each, base64.</summary>
    public Dictionary<int, string> Keys { get; } = [];

    /// <summary>The version under which patients are entered; the highest when not set.</summary>
    public int? CurrentVersion { get; set; }

    /// <summary>The keys in binary.</summary>
    public Dictionary<int, byte[]> DecodeKeys() => Keys.ToDictionary(key => key.Key, key => Convert.FromBase64String(key.Value));

    /// <summary>The version in use.</summary>
    public int EffectiveVersion => CurrentVersion ?? Keys.Keys.DefaultIfEmpty().Max();

    /// <summary>
    /// A key that is no secret, for Development: the data of a laptop's emulator is made up, and must stay readable from one
    /// start to the next.
    /// </summary>
    public static string DevelopmentKey { get; } = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes("DrugResponse development key")));
}

/// <summary>Refuses a start without usable keys.</summary>
internal sealed class PseudonymOptionsValidator : IValidateOptions<PseudonymOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, PseudonymOptions options)
    {
        var faults = new List<string>();
        if (options.Keys.Count == 0)
            faults.Add($"{PseudonymOptions.Section}:Keys needs at least one key outside Development, such as {PseudonymOptions.Section}:Keys:1.");
        foreach (var (version, key) in options.Keys)
        {
            var bytes = new byte[PseudonymKeyRing.MasterKeyLength + 1];
            if (version < 1 || !Convert.TryFromBase64String(key, bytes, out var length) || length != PseudonymKeyRing.MasterKeyLength)
                faults.Add($"{PseudonymOptions.Section}:Keys:{version} must be numbered from 1 and hold {PseudonymKeyRing.MasterKeyLength} bytes in base64.");
        }

        if (options.CurrentVersion is { } current && !options.Keys.ContainsKey(current))
            faults.Add($"{PseudonymOptions.Section}:CurrentVersion is {current}, for which there is no key.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
