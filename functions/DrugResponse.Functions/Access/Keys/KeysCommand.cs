using System.Globalization;
using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Reading;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Hosting.Commands;
using DrugResponse.Storage;
using DrugResponse.Storage.Access;

namespace DrugResponse.Functions.Access.Keys;

/// <summary>The command <c>keys</c>: how a tenant gets its first key, and how keys of any tenant are managed without one.</summary>
internal static class KeysCommand
{
    private const string TenantOption = "tenant";
    private const string KeyOption = "key";

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
        if (!TenantName.TryParse(line.Require(TenantOption), out var tenant))
            throw new CommandException($"--{TenantOption} must match {AccessOptions.TenantPattern}.");

        var issuer = services.GetRequiredService<KeyIssuer>();
        var audit = services.GetRequiredService<CommandAudit>();
        return line.Words switch
        {
            [_, "create"] => CreateAsync(
                issuer, audit, tenant, ReadRequest(line, services.GetRequiredService<TimeProvider>()), cancellationToken),
            [_, "list"] => ListAsync(services.GetRequiredService<ApiKeyStore>(), tenant, cancellationToken),
            [_, "rotate"] => RotateAsync(issuer, audit, tenant, line, cancellationToken),
            [_, "revoke"] => RevokeAsync(issuer, audit, tenant, line, cancellationToken),
            _ => throw new CommandException("What is to be done with keys?"),
        };
    }

    private static ApiKeyRequest ReadRequest(CommandLine line, TimeProvider clock)
    {
        var roles = line.Require("roles").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (roles.Length == 0 || roles.Except(CallerRoles.All).Any())
            throw new CommandException($"--roles must be of: {string.Join(", ", CallerRoles.All)}.");

        return new ApiKeyRequest { Name = line.Require("name"), Roles = [.. roles.Distinct()], ExpiresAt = ReadExpiry(line, clock) };
    }

    private static async Task<int> CreateAsync(
        KeyIssuer issuer, CommandAudit audit, TenantName tenant, ApiKeyRequest request, CancellationToken cancellationToken)
    {
        const string Action = "CreateKey";
        await audit.RecordAsync(tenant, Action, CommandAudit.Begun, resource: null, cancellationToken);
        var (key, text) = await issuer.CreateAsync(tenant, request, cancellationToken);
        await TellAsync(text);
        await audit.RecordAsync(tenant, Action, CommandAudit.Done, key.Id.ToString(), cancellationToken);
        return 0;
    }

    private static DateTimeOffset? ReadExpiry(CommandLine line, TimeProvider clock)
    {
        if (line.Find("expires") is not { } given)
            return null;

        var now = clock.GetUtcNow();
        return DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiresAt)
            && expiresAt > now
            && expiresAt - now <= ApiKeyRequestReader.MaxLifetime
            ? expiresAt
            : throw new CommandException($"--expires must lie in the future, at most {ApiKeyRequestReader.MaxLifetime.Days} days ahead.");
    }

    private static async Task<int> ListAsync(ApiKeyStore store, TenantName tenant, CancellationToken cancellationToken)
    {
        foreach (var key in await store.ListAsync(tenant, cancellationToken))
        {
            var state = key.RevokedAt is { } revokedAt ? $"revoked {revokedAt:u}" : $"until {key.ExpiresAt:u}";
            await Console.Out.WriteLineAsync($"{key.Id}  {state}  {string.Join(',', key.Roles)}  {key.Name}");
        }

        return 0;
    }

    private static async Task<int> RotateAsync(
        KeyIssuer issuer, CommandAudit audit, TenantName tenant, CommandLine line, CancellationToken cancellationToken)
    {
        const string Action = "RotateKey";
        var (old, overlap) = (RequireKey(line), ReadOverlap(line));
        await audit.RecordAsync(tenant, Action, CommandAudit.Begun, old.ToString(), cancellationToken);
        if (await issuer.RotateAsync(tenant, old, overlap, cancellationToken) is not var (key, text))
        {
            await audit.RecordAsync(tenant, Action, CommandAudit.Refused, old.ToString(), cancellationToken);
            throw new CommandException("The tenant has no such key that is valid.");
        }

        await TellAsync(text);
        await audit.RecordAsync(tenant, Action, CommandAudit.Done, key.Id.ToString(), cancellationToken);
        return 0;
    }

    private static TimeSpan? ReadOverlap(CommandLine line)
    {
        if (line.Find("overlap") is not { } given)
            return null;
        return TimeSpan.TryParse(given, CultureInfo.InvariantCulture, out var overlap) && overlap >= TimeSpan.Zero
            ? overlap
            : throw new CommandException("--overlap must be a time such as 1.00:00:00.");
    }

    private static async Task<int> RevokeAsync(
        KeyIssuer issuer, CommandAudit audit, TenantName tenant, CommandLine line, CancellationToken cancellationToken)
    {
        const string Action = "RevokeKey";
        var id = RequireKey(line);
        await audit.RecordAsync(tenant, Action, CommandAudit.Begun, id.ToString(), cancellationToken);
        var isRevoked = await issuer.RevokeAsync(tenant, id, cancellationToken);
        await audit.RecordAsync(tenant, Action, isRevoked ? CommandAudit.Done : CommandAudit.Refused, id.ToString(), cancellationToken);
        return isRevoked ? 0 : throw new CommandException("The tenant has no such key.");
    }

    private static ApiKeyId RequireKey(CommandLine line) =>
        ApiKeyId.TryParse(line.Require(KeyOption), out var id) ? id : throw new CommandException($"--{KeyOption} must be a key id.");

    // The key alone on standard output, so that a script can take it.
    private static async Task TellAsync(ApiKeyText text)
    {
        await Console.Error.WriteLineAsync($"Key {text.Id} of tenant {text.Tenant}. It is shown this once:");
        await Console.Out.WriteLineAsync(text.Reveal());
    }
}
