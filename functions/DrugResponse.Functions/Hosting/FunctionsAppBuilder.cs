using System.Net;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Functions.Hosting.Triggers.Local;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Hosting;

/// <summary>Makes the web application builder for either hosting mode: settings, addresses and logging.</summary>
internal static class FunctionsAppBuilder
{
    /// <summary>
    /// Creates the builder. Content root and addresses are set here, in code: the Functions host's own
    /// <c>ASPNETCORE_URLS</c>, <c>ASPNETCORE_CONTENTROOT</c> and their like are inherited by its custom handler and mean the
    /// host's port and folder.
    /// </summary>
    /// <param name="args">The command line; <c>--Section:Key=value</c> overrides every other source of settings.</param>
    /// <returns>A builder that capabilities add their services to.</returns>
    /// <exception cref="StartupException">A setting or a file that the start depends on is not usable.</exception>
    public static WebApplicationBuilder Create(string[] args)
    {
        var contentRoot = AppContext.BaseDirectory;
        var early = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        var handlerPort = FunctionsHostPort.Read(early);
        var localSettingsPath = handlerPort is null ? LocalSettings.Find(contentRoot) : null;
        var localSettings = localSettingsPath is null ? [] : LocalSettings.Read(localSettingsPath);

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(FunctionsAppBuilder).Assembly.GetName().Name,
            ContentRootPath = contentRoot,
            EnvironmentName = HostingEnvironment.Read(args, early, localSettings),
        });

        builder.Configuration.AddInMemoryCollection(localSettings).AddEnvironmentVariables().AddCommandLine(args);
        AddLogging(builder);
        KnownSettings.RefuseOthers(builder.Configuration);

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(HostJson.Read(contentRoot, builder.Configuration));
        builder.Services.AddSingleton(new HostingState(
            handlerPort is null ? HostingMode.Standalone : HostingMode.BehindFunctionsHost, localSettingsPath));
        builder.Services.AddRouting();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, TriggerConnectionPolicy>());

        if (handlerPort is { } port)
            ListenBehindHost(builder, port);
        else
            ListenStandalone(builder);

        return builder;
    }

    // Each line of stdout becomes one entry of the host's log, and each line of stderr an error entry: one line per event,
    // all of them on stdout.
    private static void AddLogging(WebApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData =
            [
                KeyValuePair.Create("Logging:LogLevel:Azure", (string?)"Warning"),
                KeyValuePair.Create("Logging:LogLevel:Microsoft.AspNetCore", (string?)"Warning"),

                // A probe that asks every second whether the process is ready must not fill the log; the answer says it all.
                KeyValuePair.Create("Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks", (string?)"None"),
            ],
        });
        builder.Logging.ClearProviders();
        if (builder.Environment.IsDevelopment())
        {
            builder.Logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.ColorBehavior = LoggerColorBehavior.Disabled;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = CleanConsoleFormatter.TimestampFormat;
            });
        }
        else
        {
            builder.Services.AddSingleton<ConsoleFormatter, CleanConsoleFormatter>();
            builder.Logging.AddConsole(static console => console.FormatterName = CleanConsoleFormatter.FormatterName);
        }
    }

    private static void ListenBehindHost(WebApplicationBuilder builder, int port)
    {
        // Kestrel would let these configured addresses win over, or stand beside, the one given in code.
        builder.Configuration.AddInMemoryCollection(
        [
            KeyValuePair.Create(WebHostDefaults.PreferHostingUrlsKey, (string?)"false"),
            KeyValuePair.Create(WebHostDefaults.ServerUrlsKey, (string?)""),
            KeyValuePair.Create(WebHostDefaults.HttpPortsKey, (string?)""),
            KeyValuePair.Create(WebHostDefaults.HttpsPortsKey, (string?)""),
        ]);

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Configure();
            SetLimits(kestrel);
            kestrel.Listen(IPAddress.Loopback, port, endpoint => TriggerConnection.FromFunctionsHost.MarkAllOf(endpoint));
        });
    }

    private static void ListenStandalone(WebApplicationBuilder builder)
    {
        // With this key set, addresses from the environment would replace the port of the local triggers.
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create(WebHostDefaults.PreferHostingUrlsKey, (string?)"false")]);

        builder.Services.AddOptions<HostingOptions>().BindConfiguration(HostingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.AddDevelopmentStorage();
        builder.Services.AddLocalTriggers();

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            SetLimits(kestrel);
            var options = kestrel.ApplicationServices.GetRequiredService<IOptions<HostingOptions>>().Value;
            ListenPublicly(kestrel, options);
            kestrel.ApplicationServices.GetRequiredService<LocalTriggerPort>().Listen(kestrel);
        });
    }

    private static void ListenPublicly(KestrelServerOptions kestrel, HostingOptions options)
    {
        if (string.Equals(options.Address, "localhost", StringComparison.OrdinalIgnoreCase))
            kestrel.ListenLocalhost(options.Port);
        else if (options.Address == "*")
            kestrel.ListenAnyIP(options.Port);
        else if (IPAddress.TryParse(options.Address, out var address))
            kestrel.Listen(address, options.Port);
        else
            throw new StartupException(
                $"{HostingOptions.Section}:{nameof(options.Address)} is '{options.Address}', not 'localhost', '*' or an IP address.");
    }

    private static void SetLimits(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestLimits.MaxBodyBytes;
    }
}
