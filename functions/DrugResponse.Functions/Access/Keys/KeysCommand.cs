using System.Globalization;
using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Reading;
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
        return line.Words switch
        {
            [_, "create"] => CreateAsync(issuer, tenant, line, services.GetRequiredService<TimeProvider>(), cancellationToken),
            [_, "list"] => ListAsync(services.GetRequiredService<ApiKeyStore>(), tenant, cancellationToken),
            [_, "rotate"] => RotateAsync(issuer, tenant, line, cancellationToken),
            [_, "revoke"] => RevokeAsync(issuer, tenant, line, cancellationToken),
            _ => throw new CommandException("What is to be done with keys?"),
        };
    }

    private static async Task<int> CreateAsync(
        KeyIssuer issuer, TenantName tenant, CommandLine line, TimeProvider clock, CancellationToken cancellationToken)
    {
        var roles = line.Require("roles").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (roles.Length == 0 || roles.Except(CallerRoles.All).Any())
            throw new CommandException($"--roles must be of: {string.Join(", ", CallerRoles.All)}.");

        var request = new ApiKeyRequest { Name = line.Require("name"), Roles = [.. roles.Distinct()], ExpiresAt = ReadExpiry(line, clock) };
        var (_, text) = await issuer.CreateAsync(tenant, request, cancellationToken);
        await TellAsync(text);
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

    private static async Task<int> RotateAsync(KeyIssuer issuer, TenantName tenant, CommandLine line, CancellationToken cancellationToken)
    {
        TimeSpan? overlap = line.Find("overlap") is not { } given
            ? null
            : TimeSpan.TryParse(given, CultureInfo.InvariantCulture, out var parsed) && parsed >= TimeSpan.Zero
                ? parsed
                : throw new CommandException("--overlap must be a time such as 1.00:00:00.");
        if (await issuer.RotateAsync(tenant, RequireKey(line), overlap, cancellationToken) is not var (_, text))
            throw new CommandException("The tenant has no such key that is valid.");

        await TellAsync(text);
        return 0;
    }

    private static async Task<int> RevokeAsync(KeyIssuer issuer, TenantName tenant, CommandLine line, CancellationToken cancellationToken) =>
        await issuer.RevokeAsync(tenant, RequireKey(line), cancellationToken)
            ? 0
            : throw new CommandException("The tenant has no such key.");

    private static ApiKeyId RequireKey(CommandLine line) =>
        ApiKeyId.TryParse(line.Require(KeyOption), out var id) ? id : throw new CommandException($"--{KeyOption} must be a key id.");

    // The key alone on standard output, so that a script can take it.
    private static async Task TellAsync(ApiKeyText text)
    {
        await Console.Error.WriteLineAsync($"Key {text.Id} of tenant {text.Tenant}. It is shown this once:");
        await Console.Out.WriteLineAsync(text.Reveal());
    }
}
