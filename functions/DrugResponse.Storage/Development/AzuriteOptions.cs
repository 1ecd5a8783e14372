namespace DrugResponse.Storage.Development;

/// <summary>How to start <see cref="AzuriteEmulator"/>.</summary>
public sealed record AzuriteOptions
{
    /// <summary>
    /// Where the search for the repository root begins; it goes upwards. Default: the folder of the running program, which lies inside
    /// the repository for everything that is built there.
    /// </summary>
    public string StartDirectory { get; init; } = AppContext.BaseDirectory;

    /// <summary>The ports to serve at. Default <see langword="null"/>: free ones are chosen.</summary>
    public AzuritePorts? Ports { get; init; }

    /// <summary>
    /// Where data is kept, created if absent. Default <see langword="null"/>: in memory, gone when the emulator stops.
    /// </summary>
    public string? DataDirectory { get; init; }

    /// <summary>Is told about slow steps, such as the installation of Azurite. Default: nobody is.</summary>
    public Action<string>? Progress { get; init; }
}
