using DrugResponse.Functions.Access;
using DrugResponse.Functions.Access.Keys;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Access;
using DrugResponse.Storage.Development;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Access;

/// <summary>Whoever tries keys that do not exist refuses nobody but himself.</summary>
public sealed class KeyLookupsTests(AzuriteFixture azurite)
{
    private static readonly TenantName Tried = TenantName.Parse("tried");
    private static readonly TenantName Other = TenantName.Parse("other");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Trying_keys_of_a_tenant_refuses_neither_other_addresses_nor_other_tenants()
    {
        using var lookups = new KeyLookups();

        Assert.Throws<TooManyLookupsException>(() => CountOften(lookups, "here", static _ => Tried));

        lookups.Count("elsewhere", Tried);
        lookups.Count("here", Other);
    }

    [Fact]
    public void Making_up_tenants_refuses_no_other_addresses()
    {
        using var lookups = new KeyLookups();

        Assert.Throws<TooManyLookupsException>(() => CountOften(lookups, "here", static i => TenantName.Parse($"tried-{i}")));

        lookups.Count("elsewhere", Tried);
    }

    [Fact]
    public async Task Behind_the_functions_host_the_address_is_the_one_that_the_host_tells()
    {
        await using var app = await WholeApp.StartAsync(
            azurite.ConnectionString, [.. WholeApp.Production, $"{FunctionsHostPort.VariableName}={AzuritePorts.FindFree().Blob}"]);
        var (_, key) = await app.Service<KeyIssuer>().CreateAsync(
            app.Tenant, new() { Name = "test", Roles = ["pharmacy"] }, Cancellation);
        using var attacker = ClientFrom("203.0.113.7");
        using var other = ClientFrom("203.0.113.8");

        // What is used up comes back with the seconds, so it is used up again in front of each request.
        int tried;
        var attempts = 0;
        do
        {
            UseUp("203.0.113.7", app.Tenant);
            tried = await AskAsync(attacker, ApiKeyText.New(app.Tenant));
        }
        while (tried != 429 && ++attempts < 100);

        Assert.Equal(429, tried);
        Assert.Equal(200, await AskAsync(other, key));

        void UseUp(string address, TenantName tenant) => Assert.Throws<TooManyLookupsException>(
            () => CountOften(app.Service<KeyLookups>(), address, _ => tenant));

        // What the caller says itself stands in front of what the host has seen.
        HttpClient ClientFrom(string address)
        {
            var http = app.ClientWith(null);
            http.DefaultRequestHeaders.Add("X-Forwarded-For", $"198.51.100.1, {address}");
            return http;
        }
    }

    [Fact]
    public async Task A_key_that_is_being_read_while_it_is_revoked_is_not_remembered()
    {
        var reads = new HeldAnswer();
        await using var app = await WholeApp.StartAsync(
            azurite.ConnectionString,
            reads.Register(azurite.ConnectionString),
            [.. WholeApp.Production, "DrugResponse:Access:KeysKnownFor=00:10:00"]);
        var (key, text) = await app.Service<KeyIssuer>().CreateAsync(
            app.Tenant, new() { Name = "test", Roles = ["pharmacy"] }, Cancellation);
        using var http = app.ClientWith(null);
        reads.Hold(key.Id.ToString());
        var underWay = AskAsync(http, text);
        await reads.Held.WaitAsync(Cancellation);

        Assert.True(await app.Service<KeyIssuer>().RevokeAsync(app.Tenant, key.Id, Cancellation));
        reads.Release();
        await underWay;

        Assert.Equal(401, await AskAsync(http, text));
    }

    private static void CountOften(KeyLookups lookups, string address, Func<int, TenantName> tenant)
    {
        for (var i = 0; i < 100_000; i++)
            lookups.Count(address, tenant(i));
    }

    private static async Task<int> AskAsync(HttpClient http, ApiKeyText key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/genes");
        request.Headers.Add(ApiKeyHandler.Header, key.Reveal());
        using var response = await http.SendAsync(request, Cancellation);
        return (int)response.StatusCode;
    }
}
