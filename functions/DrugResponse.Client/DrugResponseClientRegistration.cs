using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DrugResponse.Client;

/// <summary>Adds the client to an application's services.</summary>
public static class DrugResponseClientRegistration
{
    /// <summary>
    /// Adds <see cref="IDrugResponseApi"/> over <c>IHttpClientFactory</c>, with credentials and repetitions. A wrong option shows when the
    /// client is first asked for, as an <see cref="OptionsValidationException"/> that names it.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The HTTP client's builder, for further handlers.</returns>
    public static IHttpClientBuilder AddDrugResponseClient(this IServiceCollection services, Action<DrugResponseClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<DrugResponseClientOptions>().Configure(configure);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<DrugResponseClientOptions>, DrugResponseClientOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddHttpClient<IDrugResponseApi, DrugResponseApi>(static (provider, http) =>
            {
                var options = provider.GetRequiredService<IOptions<DrugResponseClientOptions>>().Value;
                http.BaseAddress = new Uri($"{options.BaseAddress!.AbsoluteUri.TrimEnd('/')}/api/");
                http.Timeout = options.Timeout;
            })
            .AddHttpMessageHandler(static provider => new RetryHandler(
                provider.GetRequiredService<IOptions<DrugResponseClientOptions>>().Value, provider.GetRequiredService<TimeProvider>()))
            .AddHttpMessageHandler(static provider =>
                new CredentialHandler(provider.GetRequiredService<IOptions<DrugResponseClientOptions>>().Value));
    }
}
