using DrugResponse.Contracts.Access;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Hosting.Commands;
using DrugResponse.Storage;
using DrugResponse.Storage.Access;

namespace DrugResponse.Functions.Access.Keys;

/// <summary>The command <c>keys</c>: how a tenant gets its first key, and how keys of any tenant are managed without one.</summary>
internal static class KeysCommand
{
    /// <summary>The command.</summary>
    public static ConsoleCommand Command { get; } = new(
        "keys",
        [
            $"keys create --tenant <tenant> --roles <{string.Join(',', CallerRoles.All)}> --name <what it is for> [--expires <yyyy-mm-ddThh:mm:ssZ>]",
            "keys list --tenant <tenant>",
            "keys rotate --tenant <tenant> --key <key id> [--overlap <d.hh:mm:ss>]",
            "keys revoke --tenant <tenant> --key <key id>",
        ],
        RunAsync);

    private static Task<int> RunAsync(IServiceProvider services, CommandLine line, CancellationToken cancellationToken)
    {
        var issuer = services.GetRequiredService<KeyIssuer>();
        var audit = services.GetRequiredService<CommandAudit>();
        var options = new KeysCommandReader(line);
        return line.Words switch
        {
            [_, "create"] => CreateAsync(
                issuer, audit, options, services.GetRequiredService<TimeProvider>().GetUtcNow(), cancellationToken),
            [_, "list"] => ListAsync(services.GetRequiredService<ApiKeyStore>(), options, cancellationToken),
            [_, "rotate"] => RotateAsync(issuer, audit, options, cancellationToken),
            [_, "revoke"] => RevokeAsync(issuer, audit, options, cancellationToken),
            _ => throw new CommandException("What is to be done with keys?"),
        };
    }

    private static async Task<int> CreateAsync(
        KeyIssuer issuer, CommandAudit audit, KeysCommandReader options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (tenant, request) = (options.ReadTenant(), options.ReadRequest(now));
        options.RefuseFaults();
        return await AccountAsync(audit, tenant, "CreateKey", resource: null, DoAsync, cancellationToken);

        async Task<ApiKeyId> DoAsync()
        {
            var (key, text) = await issuer.CreateAsync(tenant, request!, cancellationToken);
            await TellAsync(text);
            return key.Id;
        }
    }

    private static async Task<int> ListAsync(ApiKeyStore store, KeysCommandReader options, CancellationToken cancellationToken)
    {
        var tenant = options.ReadTenant();
        options.RefuseFaults();
        foreach (var key in await store.ListAsync(tenant, cancellationToken))
        {
            var state = key.RevokedAt is { } revokedAt ? $"revoked {revokedAt:u}" : $"until {key.ExpiresAt:u}";
            await Console.Out.WriteLineAsync($"{key.Id}  {state}  {string.Join(',', key.Roles)}  {key.Name}");
        }

        return 0;
    }

    private static async Task<int> RotateAsync(
        KeyIssuer issuer, CommandAudit audit, KeysCommandReader options, CancellationToken cancellationToken)
    {
        var (tenant, old, overlap) = (options.ReadTenant(), options.ReadKey(), options.ReadOverlap());
        options.RefuseFaults();
        return await AccountAsync(audit, tenant, "RotateKey", old, DoAsync, cancellationToken);

        async Task<ApiKeyId> DoAsync()
        {
            switch (await issuer.RotateAsync(tenant, old, overlap, cancellationToken))
            {
                case KeyRotation.Done(var key, var text):
                    await TellAsync(text);
                    return key.Id;
                case KeyRotation.Replaced:
                    throw new CommandException("Another key has taken this one's place already. Rotate that one, or make a new one.");
                default:
                    throw new CommandException("The tenant has no such key that is valid.");
            }
        }
    }

    private static async Task<int> RevokeAsync(
        KeyIssuer issuer, CommandAudit audit, KeysCommandReader options, CancellationToken cancellationToken)
    {
        var (tenant, id) = (options.ReadTenant(), options.ReadKey());
        options.RefuseFaults();
        return await AccountAsync(audit, tenant, "RevokeKey", id, DoAsync, cancellationToken);

        async Task<ApiKeyId> DoAsync() =>
            await issuer.RevokeAsync(tenant, id, cancellationToken) ? id : throw new CommandException("The tenant has no such key.");
    }

    private static async Task<int> AccountAsync(
        CommandAudit audit,
        TenantName tenant,
        string action,
        ApiKeyId? resource,
        Func<Task<ApiKeyId>> actAsync,
        CancellationToken cancellationToken)
    {
        await audit.AccountAsync(
            tenant, action, resource?.ToString(), counts: null, async () => new CommandDeed((await actAsync()).ToString()), cancellationToken);
        return 0;
    }

    // The key alone on standard output, so that a script can take it.
    private static async Task TellAsync(ApiKeyText text)
    {
        await Console.Error.WriteLineAsync($"Key {text.Id} of tenant {text.Tenant}. It is shown this once:");
        await Console.Out.WriteLineAsync(text.Reveal());
    }
}
