using DrugResponse.Storage.Protection;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Protection;

/// <summary>Registers what content is encrypted by on its way into storage.</summary>
internal static class ProtectionRegistration
{
    /// <summary>Adds the key ring and the cipher.</summary>
    /// <param name="services">The services.</param>
    public static void AddProtection(this IServiceCollection services)
    {
        services.AddMasterKeys<ProtectionOptions>(ProtectionOptions.Section, ProtectionOptions.DevelopmentKey);
        services.AddSingleton(static provider =>
        {
            var options = provider.GetRequiredService<IOptions<ProtectionOptions>>().Value;
            return new MasterKeyRing(options.DecodeKeys(), options.EffectiveVersion);
        });
        services.AddSingleton<EnvelopeCipher>();
    }
}
