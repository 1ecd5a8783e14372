using System.Globalization;

namespace DrugResponse.Functions.Hosting;

/// <summary>The port that the Azure Functions host gives its custom handler.</summary>
internal static class FunctionsHostPort
{
    /// <summary>
    /// The environment variable that carries the port. It is set when, and only when, a Functions host started the process.
    /// </summary>
    public const string VariableName = "FUNCTIONS_CUSTOMHANDLER_PORT";

    /// <summary>Reads the port.</summary>
    /// <param name="configuration">Environment variables and command line.</param>
    /// <returns>1 to 65535, or null when no Functions host started this process.</returns>
    /// <exception cref="StartupException">
    /// The variable is set to something else than a port. Falling back to the standalone mode would leave the Functions
    /// host waiting for a port that nobody opens.
    /// </exception>
    public static int? Read(IConfiguration configuration)
    {
        var text = configuration[VariableName];
        if (string.IsNullOrEmpty(text))
            return null;

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535)
            return port;

        throw new StartupException($"{VariableName} is '{text}', not a port number from 1 to 65535.");
    }
}
