using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Access;

/// <summary>Callers with bearer tokens of an issuer that runs beside the test.</summary>
public sealed class TokenTests(AzuriteFixture azurite)
{
    private const string Audience = "api://drugresponse";

    private static readonly long Now = WholeApp.Start.ToUnixTimeSeconds();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_lets_in_with_its_roles_and_for_its_tenant()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        var (ours, theirs) = (AzuriteFixture.UniqueTenant().ToString(), AzuriteFixture.UniqueTenant().ToString());
        var body = Body.Warfarin();

        var predicted = await PredictAsync(app, issuer.Sign(Claims(issuer, ours)), body);
        var found = await LookUpAsync(app, issuer.Sign(Claims(issuer, ours)), body);
        var foreign = await LookUpAsync(app, issuer.Sign(Claims(issuer, theirs)), body);
        var refused = await GetAsync(app, issuer.Sign(Claims(issuer, ours)), "v1/keys");

        Assert.Equal(HttpStatusCode.Created, predicted.Status);
        Assert.Equal(HttpStatusCode.OK, found.Status);
        foreign.AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
        refused.AssertProblem(HttpStatusCode.Forbidden, ProblemTypes.Forbidden);
    }

    [Fact]
    public async Task The_issuers_keys_are_kept_and_read_again_when_it_changes_them()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        var tenant = AzuriteFixture.UniqueTenant().ToString();

        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, issuer.Sign(Claims(issuer, tenant)))).Status);
        Assert.Equal(1, issuer.KeyReads);

        issuer.ChangeKey();

        await Eventually.TrueAsync(
            async () => (await GetAsync(app, issuer.Sign(Claims(issuer, tenant)))).Status == HttpStatusCode.OK, "the new key is known");
    }

    [Fact]
    public async Task A_token_that_is_not_meant_for_us_or_not_now_or_not_whole_is_refused()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var stranger = await TestIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        var tenant = AzuriteFixture.UniqueTenant().ToString();
        JsonObject Good() => Claims(issuer, tenant);
        JsonObject With(string claim, JsonNode? value)
        {
            var claims = Good();
            claims[claim] = value;
            return claims;
        }

        var signed = issuer.Sign(Good());
        string[] tokens =
        [
            "",
            "x",
            signed[..^4] + "AAAA",
            stranger.Sign(Good()),
            issuer.Sign(With("aud", "api://somebody-else")),
            issuer.Sign(With("iss", "https://somebody.example")),
            issuer.Sign(With("exp", Now - 61)),
            issuer.Sign(With("exp", null)),
            issuer.Sign(With("nbf", Now + 120)),
            issuer.Sign(With("tid", null)),
            issuer.Sign(With("tid", "Not A Name/../x")),
            issuer.Sign(With("tid", new JsonArray(tenant, AzuriteFixture.UniqueTenant().ToString()))),
            issuer.Sign(With("sub", null)),
            issuer.Sign(With("sub", "anna\u202Egpj.exe")),
            issuer.Sign(With("sub", "anna\nkey:0123456789abcdef")),
            issuer.Sign(With("sub", "anna\u2028key:0123456789abcdef")),
            issuer.Sign(Good(), ("crit", new JsonArray("b64")), ("b64", false)),
            issuer.Sign(Good(), ("crit", new JsonArray())),
            TestIssuer.Sign(Good(), new JsonObject { ["alg"] = "none" }, static _ => []),
            TestIssuer.Sign(
                Good(), new JsonObject { ["alg"] = "HS256", ["kid"] = "key-1" }, input => HMACSHA256.HashData(issuer.PublishedKey(), input)),
        ];

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, signed)).Status);
        foreach (var token in tokens)
        {
            var answer = await GetAsync(app, token);
            answer.AssertProblem(HttpStatusCode.Unauthorized, ProblemTypes.Unauthorized);
            Assert.Contains("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }

        (await GetAsync(app, issuer.Sign(With("roles", new JsonArray("root"))))).AssertProblem(HttpStatusCode.Forbidden, ProblemTypes.Forbidden);
    }

    [Fact]
    public async Task Clocks_may_differ_by_a_minute()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        var claims = Claims(issuer, AzuriteFixture.UniqueTenant().ToString());
        claims["exp"] = Now - 30;

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, issuer.Sign(claims))).Status);

        app.Clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(app, issuer.Sign(claims))).Status);
    }

    [Fact]
    public async Task While_the_issuer_does_not_answer_nobody_is_blamed_for_it()
    {
        var issuer = await TestIssuer.StartAsync();
        var token = issuer.Sign(Claims(issuer, AzuriteFixture.UniqueTenant().ToString()));
        await using var app = await StartAsync(issuer);
        await issuer.DisposeAsync();

        var answer = await GetAsync(app, token);

        answer.AssertProblem(HttpStatusCode.ServiceUnavailable, ProblemTypes.IssuerUnavailable);
    }

    [Fact]
    public async Task Nobody_is_kept_waiting_by_an_issuer_that_never_answers()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        issuer.Hang();
        var token = issuer.Sign(Claims(issuer, AzuriteFixture.UniqueTenant().ToString()));

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => GetAsync(app, token)));

        Assert.All(answers, static answer =>
        {
            answer.AssertProblem(HttpStatusCode.ServiceUnavailable, ProblemTypes.IssuerUnavailable);
            Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
        });
    }

    [Fact]
    public async Task Tokens_of_known_keys_are_taken_while_the_issuer_does_not_answer()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        var claims = Claims(issuer, AzuriteFixture.UniqueTenant().ToString());
        var known = issuer.Sign(claims);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, known)).Status);
        issuer.Hang();
        issuer.ChangeKey();

        var unknown = await GetAsync(app, issuer.Sign(claims));

        unknown.AssertProblem(HttpStatusCode.Unauthorized, ProblemTypes.Unauthorized);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, known)).Status);
    }

    [Fact]
    public async Task What_is_no_token_is_refused_without_asking_the_issuer()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        var none = TestIssuer.Sign(Claims(issuer, "acme"), new JsonObject { ["alg"] = "none" }, static _ => [0]);
        string[] texts = ["junk", "a.b.c", "..", "e30.e30.e30", "W10.W10.AA", $"{none}.x", none, new('a', 20_000)];

        foreach (var text in texts)
            (await GetAsync(app, text)).AssertProblem(HttpStatusCode.Unauthorized, ProblemTypes.Unauthorized);

        Assert.Equal(0, issuer.Asked);
    }

    [Fact]
    public async Task An_address_that_has_used_up_its_share_without_a_credential_has_no_tokens_looked_at()
    {
        await using var issuer = await TestIssuer.StartAsync();
        var tenant = AzuriteFixture.UniqueTenant().ToString();
        await using var app = await StartAsync(
            issuer,
            "DrugResponse:Limits:RequestsPerSecond=1",
            "DrugResponse:Limits:Burst=2",
            $"DrugResponse:Limits:Tenants:{tenant}:RequestsPerSecond=100000",
            $"DrugResponse:Limits:Tenants:{tenant}:Burst=100000");
        var token = issuer.Sign(Claims(issuer, tenant));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, token)).Status);

        var withToken = HttpStatusCode.OK;
        for (var i = 0; i < 100 && withToken == HttpStatusCode.OK; i++)
        {
            await GetAsync(app, "junk");
            withToken = (await GetAsync(app, token)).Status;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, withToken);
    }

    [Fact]
    public async Task Without_an_issuer_no_token_is_taken()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var app = await WholeApp.StartAsync(azurite.ConnectionString);

        var answer = await GetAsync(app, issuer.Sign(Claims(issuer, app.Tenant.ToString())));

        answer.AssertProblem(HttpStatusCode.Unauthorized, ProblemTypes.Unauthorized);
    }

    private static JsonObject Claims(TestIssuer issuer, string tenant) => new()
    {
        ["iss"] = issuer.Address,
        ["aud"] = Audience,
        ["sub"] = "7d0c1c0e",
        ["tid"] = tenant,
        ["roles"] = new JsonArray("pharmacy", "something else"),
        ["nbf"] = Now,
        ["exp"] = Now + 600,
    };

    private static Task<Answer> GetAsync(WholeApp app, string token, string path = "v1/genes") =>
        SendAsync(app, token, new HttpRequestMessage(HttpMethod.Get, path));

    private static Task<Answer> PredictAsync(WholeApp app, string token, Body body) =>
        SendAsync(app, token, new HttpRequestMessage(HttpMethod.Post, "v1/predictions") { Content = WholeApp.Json(body.Utf8) });

    private static Task<Answer> LookUpAsync(WholeApp app, string token, Body body) => SendAsync(
        app,
        token,
        new HttpRequestMessage(HttpMethod.Post, "v1/patients/lookup")
        {
            Content = WholeApp.Json(new JsonObject { ["id"] = body.PatientId }.ToJsonString()),
        });

    private static async Task<Answer> SendAsync(WholeApp app, string token, HttpRequestMessage request)
    {
        using var http = app.ClientWith(null);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var response = await http.SendAsync(request, Cancellation);
        request.Dispose();
        return await Answer.OfAsync(response);
    }

    private Task<WholeApp> StartAsync(TestIssuer issuer, params string[] settings) => WholeApp.StartReadyAsync(
        azurite.ConnectionString,
        [
            $"DrugResponse:Access:Tokens:Authority={issuer.Address}",
            $"DrugResponse:Access:Tokens:Audience={Audience}",
            "DrugResponse:Access:Tokens:TenantClaim=tid",
            .. settings,
        ]);
}
