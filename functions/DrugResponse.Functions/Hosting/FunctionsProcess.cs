using DrugResponse.Functions.Hosting.Commands;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Hosting;

/// <summary>Builds and runs the application, and turns every way it can end into an exit code.</summary>
internal static partial class FunctionsProcess
{
    /// <summary>The standalone process was asked to stop, and did.</summary>
    private const int Stopped = 0;

    /// <summary>
    /// The process could not start, or a part of it broke. The Functions host counts it as an error and restarts the
    /// handler.
    /// </summary>
    private const int Failed = 1;

    /// <summary>
    /// The Functions host restarts a handler that ends with this code without counting an error. It takes 0 for a handler
    /// that is still there, and every later invocation would fail.
    /// </summary>
    private const int RestartHandler = 200;

    /// <summary>Runs the application until it is stopped.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="register">Adds the services of every capability.</param>
    /// <param name="map">Maps the routes and the trigger functions of every capability.</param>
    /// <param name="commands">What the program can do instead, when the command line begins with its name.</param>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunAsync(
        string[] args, Action<WebApplicationBuilder> register, Action<WebApplication> map, params IReadOnlyList<ConsoleCommand> commands)
    {
        try
        {
            if (await CommandRun.RunAsync(args, commands, register) is { } exitCode)
                return exitCode;

            var builder = FunctionsAppBuilder.Create(args);
            register(builder);

            await using var app = builder.Build();
            app.UseFunctionsHosting();
            map(app);

            return await RunAsync(app);
        }
        catch (Exception failure) when (failure is not HostAbortedException)
        {
            await Console.Error.WriteLineAsync($"DrugResponse stopped: {Describe(failure)}");
            return Failed;
        }
    }

    private static async Task<int> RunAsync(WebApplication app)
    {
        var state = app.Services.GetRequiredService<HostingState>();
        if (state.LocalSettingsPath is { } path)
            LogSettingsRead(app.Logger, path);

        var workers = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToArray();

        try
        {
            await app.RunAsync();
        }
        catch (Exception failure) when (app.Lifetime.ApplicationStarted.IsCancellationRequested && !app.Environment.IsDevelopment())
        {
            // Requests have been answered, so the message may quote one.
            await Console.Error.WriteLineAsync($"DrugResponse stopped: {CleanConsoleFormatter.Describe(failure)}");
            return Failed;
        }

        if (workers.Any(worker => worker.ExecuteTask is { IsFaulted: true }))
            return Failed;

        return state.Mode is HostingMode.BehindFunctionsHost ? RestartHandler : Stopped;
    }

    // What an operator can mend is told in one line; anything else is a defect, whose stack trace is wanted.
    private static string Describe(Exception failure) => failure switch
    {
        StartupException or IOException => failure.Message,
        // A text that is no number, no time span and so on; the message names the setting.
        InvalidOperationException { InnerException: FormatException } unreadable => unreadable.Message,
        OptionsValidationException invalid => string.Join(' ', invalid.Failures),
        AggregateException { InnerExceptions: var several } when several.All(static one => one is OptionsValidationException) =>
            string.Join(' ', several.Select(Describe)),
        _ => failure.ToString(),
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "Settings are read from {Path}; environment variables go before them.")]
    private static partial void LogSettingsRead(ILogger logger, string path);
}
