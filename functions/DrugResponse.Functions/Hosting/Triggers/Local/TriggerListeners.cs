using Azure.Storage.Queues;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Hosting.Triggers.Local;

/// <summary>Makes a listener for every queue and timer trigger among the function definitions.</summary>
/// <param name="configuration">
/// The settings: connections, <c>AzureWebJobs.&lt;FunctionName&gt;.Disabled</c>, values of placeholders.
/// </param>
/// <param name="environment">Where the definitions lie.</param>
/// <param name="hostJson">The rules for queues.</param>
/// <param name="options">The rest of the rules.</param>
/// <param name="services">Gives what listeners share.</param>
internal sealed class TriggerListeners(
    IConfiguration configuration,
    IHostEnvironment environment,
    HostJson hostJson,
    IOptions<LocalTriggerOptions> options,
    IServiceProvider services)
{
    private readonly TriggerConnections _connections = new(configuration);
    private readonly FunctionInvoker _invoker = services.GetRequiredService<FunctionInvoker>();
    private readonly TimeProvider _time = services.GetRequiredService<TimeProvider>();
    private readonly ILoggerFactory _logs = services.GetRequiredService<ILoggerFactory>();

    /// <summary>Makes the listeners. Nothing is listened to yet.</summary>
    /// <returns>The listeners of all functions that are not disabled.</returns>
    /// <exception cref="StartupException">A definition, a schedule or a connection is not usable.</exception>
    public IReadOnlyList<ITriggerListener> Create() =>
    [
        .. FunctionDefinition.ReadAll(environment.ContentRootPath, configuration)
            .Where(function => !IsDisabled(function.Name))
            .Select(Create)
            .OfType<ITriggerListener>(),
    ];

    private bool IsDisabled(string function) =>
        bool.TryParse(configuration[$"AzureWebJobs.{function}.Disabled"], out var disabled) && disabled;

    private ITriggerListener? Create(FunctionDefinition function) => function.Trigger switch
    {
        QueueTrigger queue => Create(function.Name, queue),
        TimerTrigger timer => Create(function.Name, timer),
        _ => null,
    };

    private QueueListener Create(string function, QueueTrigger trigger)
    {
        if (!trigger.IsBinary)
            throw new StartupException($"{function}/{FunctionDefinition.FileName}: a queue trigger must say \"dataType\": \"binary\".");

        var service = _connections.OpenQueues(trigger.Connection, new QueueClientOptions
        {
            MessageEncoding = QueueMessageEncoding.None,
            Retry = { MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(200), NetworkTimeout = TimeSpan.FromSeconds(20) },
        });
        var subscription = new QueueSubscription
        {
            Function = function,
            Binding = trigger.BindingName,
            Queue = service.GetQueueClient(trigger.QueueName),
            Poison = QueueSubscription.PoisonQueueName(trigger.QueueName) is { } poison ? service.GetQueueClient(poison) : null,
            Settings = hostJson.Queues,
            Invisibility = options.Value.MessageInvisibility,
            LongestPause = hostJson.Queues.MaxPollingInterval ?? TimeSpan.FromSeconds(environment.IsDevelopment() ? 2 : 60),
        };
        var delivery = new QueueDelivery(subscription, _invoker, _time, _logs.CreateLogger<QueueDelivery>());

        return new QueueListener(subscription, delivery, _time, _logs.CreateLogger<QueueListener>());
    }

    private TimerListener Create(string function, TimerTrigger trigger)
    {
        try
        {
            return new TimerListener(function, trigger, _invoker, _time, _logs.CreateLogger<TimerListener>());
        }
        catch (FormatException malformed)
        {
            throw new StartupException($"{function}/{FunctionDefinition.FileName}: {malformed.Message}", malformed);
        }
    }
}

/// <summary>Adds the local trigger listener.</summary>
internal static class LocalTriggersRegistration
{
    /// <summary>Adds the local trigger listener, its port and its settings. For the standalone mode only.</summary>
    /// <param name="services">The services.</param>
    public static void AddLocalTriggers(this IServiceCollection services)
    {
        services.AddOptions<LocalTriggerOptions>()
            .BindConfiguration(LocalTriggerOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<LocalTriggerPort>();
        services.AddSingleton<FunctionInvoker>();
        services.AddSingleton<TriggerListeners>();
        services.AddSingleton<LocalTriggers>();
        services.AddHostedService(static provider => provider.GetRequiredService<LocalTriggers>());
    }
}
