using DrugResponse.Contracts.Access;
using DrugResponse.Functions.Access.Keys;
using DrugResponse.Functions.StorageAccess;
using DrugResponse.Storage;
using DrugResponse.Storage.Access;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Access;

/// <summary>
/// In Development and standalone, makes a key per role at the first start and prints them, past the log, which may be sent elsewhere. They
/// are as real as any: later starts know only their hashes and cannot print them again. In any other mode it does nothing: a first key comes
/// from the command <c>keys create</c>.
/// </summary>
internal sealed partial class DevelopmentKeys(
    KeyIssuer issuer,
    ApiKeyStore store,
    StorageSetup setup,
    IOptions<AccessOptions> options,
    DevelopmentConsole console,
    ILogger<DevelopmentKeys> logger) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var tenant = TenantName.Parse(options.Value.Tenant);
        try
        {
            await setup.Done.WaitAsync(stoppingToken);
            if ((await store.ListAsync(tenant, stoppingToken)).Count > 0)
                return;

            foreach (var role in CallerRoles.All)
            {
                var (_, text) = await issuer.CreateAsync(
                    tenant, new ApiKeyRequest { Name = $"{role}, made at the first start", Roles = [role] }, stoppingToken);
                await console.Writer.WriteLineAsync(
                    $"A development key was made. Tenant {tenant}, role {role}, header {ApiKeyHandler.Header}: {text.Reveal()}");
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends before its storage was there.
        }
        catch (Exception exception) when (StorageOutage.IsOutage(exception, stoppingToken))
        {
            LogNotCreated(exception.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "No development keys could be made ({Fault}); the next start tries again.")]
    private partial void LogNotCreated(string fault);
}

/// <summary>Where a developer sees what nobody else may.</summary>
/// <param name="Writer">The process's standard output, unless a test looks at it.</param>
internal sealed record DevelopmentConsole(TextWriter Writer);
