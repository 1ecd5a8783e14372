using DrugResponse.Storage.Development;

namespace DrugResponse.Functions.Hosting;

/// <summary>
/// Gives a developer's standalone process its storage: when the connection is the one of the emulator and nothing serves
/// at its ports, Azurite is started, keeping its data in <c>.azurite/</c> in the repository, and started again should it end by itself. It
/// ends with this process.
/// </summary>
/// <param name="isWanted">Whether this process is to have an emulator at all.</param>
/// <param name="watch">Starts it again.</param>
/// <param name="log">Where its start and end are told.</param>
internal sealed partial class DevelopmentStorage(bool isWanted, EmulatorWatch watch, ILogger<DevelopmentStorage> log) : BackgroundService
{
    /// <summary>The connection string that stands for the emulator at its usual ports.</summary>
    public const string ConnectionString = "UseDevelopmentStorage=true";

    private static readonly string DataDirectory = Path.Combine(RepositoryRoot.Find() ?? AppContext.BaseDirectory, ".azurite");

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AzuriteEmulator? _emulator;

    /// <summary>
    /// Completes when there is nothing (more) to wait for: the emulator serves, is not wanted, or could not be started. It
    /// never fails.
    /// </summary>
    public Task Ready => _ready.Task;

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_emulator is null)
            return;

        await _emulator.StopAsync(cancellationToken);
        await _emulator.DisposeAsync();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (isWanted && !await AzuriteEmulator.IsListeningAsync(AzuritePorts.Development, stoppingToken))
                await StartEmulatorAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends before it had its storage.
        }
        catch (InvalidOperationException failure)
        {
            LogNotStarted(failure.Message);
        }
        finally
        {
            _ready.TrySetResult();
        }

        if (_emulator is not null)
            await watch.WatchAsync(_emulator, DataDirectory, stoppingToken);
    }

    private async Task StartEmulatorAsync(CancellationToken stoppingToken)
    {
        LogStarting(DataDirectory);
        _emulator = await AzuriteEmulator.StartAsync(
            new AzuriteOptions { Ports = AzuritePorts.Development, DataDirectory = DataDirectory, Progress = LogProgress },
            stoppingToken);
        LogStarted();
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Nothing serves at the ports of the storage emulator: starting Azurite, with its data in {Directory}.")]
    private partial void LogStarting(string directory);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Progress}")]
    private partial void LogProgress(string progress);

    [LoggerMessage(Level = LogLevel.Information, Message = "Azurite serves at ports 10000 to 10002. It ends with this process.")]
    private partial void LogStarted();

    [LoggerMessage(Level = LogLevel.Error, Message = "Azurite could not be started: {Reason}")]
    private partial void LogNotStarted(string reason);
}

/// <summary>Adds a developer's storage.</summary>
internal static class DevelopmentStorageRegistration
{
    /// <summary>Adds the storage emulator, to be started where it is wanted. For the standalone mode only.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddDevelopmentStorage(this WebApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment() && !builder.Configuration.GetSection(QueueTrigger.DefaultConnection).Exists())
            builder.Configuration[QueueTrigger.DefaultConnection] = DevelopmentStorage.ConnectionString;

        builder.Services.AddSingleton<EmulatorWatch>();
        builder.Services.AddSingleton(services => new DevelopmentStorage(
            IsWanted(services.GetRequiredService<IHostEnvironment>(), services.GetRequiredService<IConfiguration>()),
            services.GetRequiredService<EmulatorWatch>(),
            services.GetRequiredService<ILogger<DevelopmentStorage>>()));
        builder.Services.AddHostedService(services => services.GetRequiredService<DevelopmentStorage>());
    }

    private static bool IsWanted(IHostEnvironment environment, IConfiguration configuration) =>
        environment.IsDevelopment()
        && configuration[QueueTrigger.DefaultConnection]?.Trim().TrimEnd(';') is { } connection
        && connection.Equals(DevelopmentStorage.ConnectionString, StringComparison.OrdinalIgnoreCase);
}
