using DrugResponse.Contracts.Access;
using DrugResponse.Functions.Access.Keys;
using DrugResponse.Functions.StorageAccess;
using DrugResponse.Storage;
using DrugResponse.Storage.Access;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Access;

/// <summary>
/// In Development and standalone, makes a key per role at the first start and prints them. They are as real as any: later starts know only
/// their hashes and cannot print them again. Elsewhere it does nothing: a first key comes from the command <c>keys create</c>.
/// </summary>
internal sealed partial class DevelopmentKeys(
    KeyIssuer issuer,
    ApiKeyStore store,
    StorageSetup setup,
    IOptions<AccessOptions> options,
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
                LogCreated(tenant, role, text.Reveal());
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

    [LoggerMessage(LogLevel.Information, "A development key was made. Tenant {Tenant}, role {Role}, header x-functions-key: {Key}")]
    private partial void LogCreated(TenantName tenant, string role, string key);

    [LoggerMessage(LogLevel.Warning, "No development keys could be made ({Fault}); the next start tries again.")]
    private partial void LogNotCreated(string fault);
}
