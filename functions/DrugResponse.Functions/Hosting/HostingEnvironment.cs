namespace DrugResponse.Functions.Hosting;

/// <summary>Reads the name of the environment, and refuses Development where others can reach the process.</summary>
internal static class HostingEnvironment
{
    // Each kind of Azure plan sets some of these and none sets all.
    private static readonly string[] AzureSigns =
    [
        "WEBSITE_INSTANCE_ID", "WEBSITE_SITE_NAME", "WEBSITE_POD_NAME", "LEGION_SERVICE_HOST", "MANAGED_ENVIRONMENT", "CONTAINER_APP_NAME",
    ];

    // A developer's own container may run in a cluster as well, but without a Functions host in it.
    private const string ClusterSign = "KUBERNETES_SERVICE_HOST";

    /// <summary>Reads the name.</summary>
    /// <param name="args">The command line; <c>--environment=…</c> wins over all else.</param>
    /// <param name="early">Environment variables and command line.</param>
    /// <param name="localSettings">What local.settings.json holds.</param>
    /// <returns>The name; Production when nothing says otherwise.</returns>
    /// <exception cref="StartupException">It is Development, which has public keys, and this is no developer's machine.</exception>
    public static string Read(string[] args, IConfiguration early, Dictionary<string, string?> localSettings)
    {
        // From the command line alone: other programs have an environment variable of this plain name for themselves.
        var name = new ConfigurationBuilder().AddCommandLine(args).Build()[HostDefaults.EnvironmentKey]
            ?? early["ASPNETCORE_ENVIRONMENT"]
            ?? early["DOTNET_ENVIRONMENT"]
            ?? early["AZURE_FUNCTIONS_ENVIRONMENT"]
            ?? localSettings.GetValueOrDefault("AZURE_FUNCTIONS_ENVIRONMENT")
            ?? Environments.Production;
        if (string.Equals(name, Environments.Development, StringComparison.OrdinalIgnoreCase) && FindPlatform(early) is { } sign)
            throw new StartupException(
                $"The environment is Development, which has public keys and does not start on a platform ({sign} is set).");
        return name;
    }

    private static string? FindPlatform(IConfiguration early)
    {
        var signs = FunctionsHostPort.Read(early) is null ? AzureSigns : AzureSigns.Append(ClusterSign);
        return signs.FirstOrDefault(sign => early[sign] is { Length: > 0 });
    }
}
