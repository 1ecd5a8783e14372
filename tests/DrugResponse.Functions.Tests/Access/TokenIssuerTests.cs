using DrugResponse.Functions.Access;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace DrugResponse.Functions.Tests.Access;

/// <summary>An issuer that takes a connection and never answers, as the app's reading of its keys meets it.</summary>
public sealed class TokenIssuerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_request_asks_and_nobody_else_until_it_is_worth_trying_again()
    {
        await using var hanging = await TestIssuer.StartAsync();
        hanging.Hang();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(1) };
        var keys = KeysOf(hanging, http);
        var clock = new StandingClock();
        var issuer = new TokenIssuer(clock);

        var first = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => issuer.HasAnsweredAsync(keys, Cancellation)));
        var askedFirst = hanging.Asked;
        var second = await issuer.HasAnsweredAsync(keys, Cancellation);
        var askedSecond = hanging.Asked;
        clock.Now += TokenIssuer.UnavailableFor;
        var third = await issuer.HasAnsweredAsync(keys, Cancellation);

        Assert.All(first, Assert.False);
        Assert.Equal((1, 1), (askedFirst, askedSecond));
        Assert.Equal((false, false), (second, third));
        Assert.Equal(2, hanging.Asked);
    }

    [Fact]
    public async Task While_one_tries_again_the_others_do_not_wait()
    {
        await using var hanging = await TestIssuer.StartAsync();
        hanging.Hang();
        using var impatient = new HttpClient { Timeout = TimeSpan.FromSeconds(1) };
        using var patient = new HttpClient { Timeout = TimeSpan.FromMinutes(1) };
        var clock = new StandingClock();
        var issuer = new TokenIssuer(clock);
        Assert.False(await issuer.HasAnsweredAsync(KeysOf(hanging, impatient), Cancellation));
        clock.Now += TokenIssuer.UnavailableFor;

        var trying = issuer.HasAnsweredAsync(KeysOf(hanging, patient), Cancellation);
        var other = await issuer.HasAnsweredAsync(KeysOf(hanging, patient), Cancellation);
        hanging.GoOn();

        Assert.False(other);
        Assert.True(await trying);
        Assert.True(await issuer.HasAnsweredAsync(KeysOf(hanging, patient), Cancellation));
    }

    [Fact]
    public async Task No_more_than_so_many_wait()
    {
        await using var hanging = await TestIssuer.StartAsync();
        hanging.Hang();
        using var patient = new HttpClient { Timeout = TimeSpan.FromMinutes(1) };
        var keys = KeysOf(hanging, patient);
        var issuer = new TokenIssuer(new StandingClock());

        var waiting = Enumerable.Range(0, TokenIssuer.MaxWaiting).Select(_ => issuer.HasAnsweredAsync(keys, Cancellation)).ToArray();
        var oneMore = await issuer.HasAnsweredAsync(keys, Cancellation);
        hanging.GoOn();

        Assert.False(oneMore);
        Assert.All(await Task.WhenAll(waiting), Assert.True);
    }

    private static ConfigurationManager<OpenIdConnectConfiguration> KeysOf(TestIssuer issuer, HttpClient http) => new(
        $"{issuer.Address}/.well-known/openid-configuration",
        new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever(http) { RequireHttps = false });

    private sealed class StandingClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
