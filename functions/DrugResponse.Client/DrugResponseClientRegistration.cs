using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DrugResponse.Client;

/// <summary>Adds the client to an application's services.</summary>
public static class DrugResponseClientRegistration
{
    /// <summary>The HTTP client that sends uploads to storage. The caller's credentials are not for it: its addresses are signed.</summary>
    internal const string StorageClient = "DrugResponse.Client.Storage";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    // A block of 8 MiB in that time is 112 kbit/s.
    private static readonly TimeSpan BlockTimeout = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Adds <see cref="IDrugResponseApi"/> over <c>IHttpClientFactory</c>, with credentials and repetitions. A wrong option shows when the
    /// client is first asked for, as an <see cref="OptionsValidationException"/> that names it.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>
    /// The builder of the HTTP client that calls the service, for further handlers. A primary handler that takes the place of the client's
    /// own must not follow redirections: it would carry the credential along.
    /// </returns>
    public static IHttpClientBuilder AddDrugResponseClient(this IServiceCollection services, Action<DrugResponseClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<DrugResponseClientOptions>().Configure(configure);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<DrugResponseClientOptions>, DrugResponseClientOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        AddStorageClient(services);
        return services
            .AddHttpClient<IDrugResponseApi, DrugResponseApi>(static (provider, http) =>
            {
                var options = OptionsOf(provider);
                http.BaseAddress = new Uri($"{options.BaseAddress!.AbsoluteUri.TrimEnd('/')}/api/");
                http.Timeout = options.Endurance is null ? options.Timeout : Timeout.InfiniteTimeSpan;
            })
            .UseSocketsHttpHandler(static (handler, _) => Configure(handler))
            .AddHttpMessageHandler(static provider => CreateRetryHandler(provider))
            .AddHttpMessageHandler(static provider => new CredentialHandler(OptionsOf(provider)));
    }

    private static void AddStorageClient(IServiceCollection services) => services
        .AddHttpClient(StorageClient, static http => http.Timeout = Timeout.InfiniteTimeSpan)
        .UseSocketsHttpHandler(static (handler, _) => Configure(handler))
        .AddHttpMessageHandler(static provider =>
        {
            const string name = "The storage that takes the upload";
            var time = provider.GetRequiredService<TimeProvider>();
            return new RetryHandler(OptionsOf(provider), time, new Receiver(name, name), BlockTimeout);
        });

    // Of a request's headers only Authorization is left out when a redirection is followed: a key would go to whoever is named.
    private static void Configure(SocketsHttpHandler handler) =>
        (handler.AllowAutoRedirect, handler.ConnectTimeout) = (false, ConnectTimeout);

    private static RetryHandler CreateRetryHandler(IServiceProvider provider)
    {
        var options = OptionsOf(provider);
        return new RetryHandler(
            options,
            provider.GetRequiredService<TimeProvider>(),
            new Receiver("The service", $"The service at {options.BaseAddress}"),
            options.Endurance is null ? Timeout.InfiniteTimeSpan : options.Timeout);
    }

    private static DrugResponseClientOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<DrugResponseClientOptions>>().Value;
}
