using System.Net;
using System.Text.Json.Nodes;
using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Access.Keys;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.Access;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Access;

/// <summary>Callers with API keys, in an app of Production with keys that nobody but the test knows.</summary>
public sealed class ApiKeyTests(AzuriteFixture azurite)
{
    private const string Any = "v1/genes";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("development")]
    [InlineData("dr1.acme.0123456789abcdef")]
    [InlineData("dr1.acme.0123456789abcdef.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("dr1.ACME.0123456789abcdef.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("dr1.a%2Fb.0123456789abcdef.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Without_a_valid_key_nobody_gets_in(string? key)
    {
        await using var app = await StartAsync();

        var answer = await GetAsync(app, key, Any);

        answer.AssertProblem(HttpStatusCode.Unauthorized, ProblemTypes.Unauthorized);
        Assert.Equal("ApiKey", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_key_lets_in_and_one_with_another_secret_does_not()
    {
        await using var app = await StartAsync();
        var key = await CreateAsync(app, CallerRoles.Pharmacy);
        var forged = key[..^43] + (await CreateAsync(app, CallerRoles.Pharmacy))[^43..];

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, key, Any)).Status);
        (await GetAsync(app, forged, Any)).AssertProblem(HttpStatusCode.Unauthorized, ProblemTypes.Unauthorized);
    }

    [Fact]
    public async Task A_key_of_one_tenant_is_of_no_use_under_the_name_of_another()
    {
        await using var app = await StartAsync();
        var key = await CreateAsync(app, CallerRoles.Pharmacy);
        var other = AzuriteFixture.UniqueTenant();

        var answer = await GetAsync(app, key.Replace(app.Tenant.ToString(), other.ToString(), StringComparison.Ordinal), Any);

        answer.AssertProblem(HttpStatusCode.Unauthorized, ProblemTypes.Unauthorized);
    }

    [Fact]
    public async Task Two_credentials_are_none()
    {
        await using var app = await StartAsync();
        var key = await CreateAsync(app, CallerRoles.Pharmacy);
        using var twice = app.ClientWith(key);
        twice.DefaultRequestHeaders.Add(ApiKeyHandler.Header, key);
        using var both = app.ClientWith(key);
        both.DefaultRequestHeaders.Add("Authorization", "Bearer x");

        Assert.Equal(HttpStatusCode.Unauthorized, (await twice.GetAsync(Any, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await both.GetAsync(Any, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_key_is_shown_once_and_its_secret_stored_nowhere()
    {
        await using var app = await StartAsync();
        var admin = await CreateAsync(app, CallerRoles.Admin);

        var created = await PostAsync(app, admin, "v1/keys", """{ "name": "till 3", "roles": ["pharmacy", "pharmacy"] }""");
        var list = await GetAsync(app, admin, "v1/keys");

        Assert.Equal(HttpStatusCode.Created, created.Status);
        var key = (string)created.Json["key"]!;
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, key, Any)).Status);
        Assert.Equal("2027-11-20", ((string)created.Json["expiresAt"]!)[..10]);
        var listed = Assert.Single(
            list.Json["keys"]!.AsArray(), each => (string?)each!["keyId"] == (string?)created.Json["keyId"])!;
        Assert.Equal("till 3", (string?)listed["name"]);
        Assert.Equal(["pharmacy"], listed["roles"]!.AsArray().Select(static role => (string)role!));
        Assert.DoesNotContain(key[^43..], list.Text, StringComparison.Ordinal);
        await AssertNotStoredAsync(app, key[^43..]);
        Assert.DoesNotContain(app.Logs.Lines, line => line.Contains(key[^43..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_expires()
    {
        await using var app = await StartAsync();
        var admin = await CreateAsync(app, CallerRoles.Admin);
        var created = await PostAsync(
            app, admin, "v1/keys", """{ "name": "for an hour", "roles": ["sponsor"], "expiresAt": "2026-11-20T14:00:00+01:00" }""");
        var key = (string)created.Json["key"]!;
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, key, Any)).Status);

        app.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(app, key, Any)).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, admin, Any)).Status);
    }

    [Fact]
    public async Task A_revoked_key_stops_working_here_at_once_and_elsewhere_when_it_is_read_again()
    {
        await using var app = await StartAsync();
        await using var elsewhere = await StartAsync("DrugResponse:Access:KeysKnownFor=00:00:00");
        var admin = await CreateAsync(app, CallerRoles.Admin);
        var key = await CreateAsync(app, CallerRoles.Pharmacy);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, key, Any)).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(elsewhere, key, Any)).Status);

        var revoked = await SendAsync(app, admin, HttpMethod.Delete, $"v1/keys/{IdOf(key)}");

        Assert.Equal(HttpStatusCode.NoContent, revoked.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(app, key, Any)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(elsewhere, key, Any)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(app, admin, HttpMethod.Delete, $"v1/keys/{IdOf(key)}")).Status);
    }

    [Fact]
    public async Task A_rotated_key_has_an_heir_and_goes_on_for_the_overlap()
    {
        await using var app = await StartAsync();
        var admin = await CreateAsync(app, CallerRoles.Admin);
        var old = await CreateAsync(app, CallerRoles.Sponsor);

        var rotated = await PostAsync(app, admin, $"v1/keys/{IdOf(old)}/rotate", """{ "overlapSeconds": 60 }""");
        var heir = (string)rotated.Json["key"]!;

        Assert.Equal(["sponsor"], rotated.Json["roles"]!.AsArray().Select(static role => (string)role!));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, old, Any)).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, heir, Any)).Status);
        app.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(app, old, Any)).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, heir, Any)).Status);
        var again = await SendAsync(app, admin, HttpMethod.Post, $"v1/keys/{IdOf(old)}/rotate");
        again.AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
    }

    [Fact]
    public async Task A_key_is_replaced_once()
    {
        await using var app = await StartAsync();
        var admin = await CreateAsync(app, CallerRoles.Admin);
        var old = await CreateAsync(app, CallerRoles.Sponsor);
        var heir = (string)(await SendAsync(app, admin, HttpMethod.Post, $"v1/keys/{IdOf(old)}/rotate")).Json["keyId"]!;

        var again = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => SendAsync(app, admin, HttpMethod.Post, $"v1/keys/{IdOf(old)}/rotate")));

        Assert.All(again, static answer => answer.AssertProblem(HttpStatusCode.Conflict, ProblemTypes.KeyReplaced));
        var keys = (await GetAsync(app, admin, "v1/keys")).Json["keys"]!.AsArray();
        Assert.Equal(heir, (string?)keys.Single(key => (string?)key!["keyId"] == IdOf(old))!["replacedBy"]);
        Assert.Single(keys, static key => (string?)key!["replacedBy"] is not null);
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(app, admin, HttpMethod.Post, $"v1/keys/{heir}/rotate")).Status);
    }

    [Fact]
    public async Task A_key_whose_successor_was_revoked_is_replaced_by_another()
    {
        await using var app = await StartAsync();
        var admin = await CreateAsync(app, CallerRoles.Admin);
        var old = await CreateAsync(app, CallerRoles.Sponsor);
        var lost = (string)(await SendAsync(app, admin, HttpMethod.Post, $"v1/keys/{IdOf(old)}/rotate")).Json["keyId"]!;
        await SendAsync(app, admin, HttpMethod.Delete, $"v1/keys/{lost}");

        var again = await SendAsync(app, admin, HttpMethod.Post, $"v1/keys/{IdOf(old)}/rotate");

        Assert.Equal(HttpStatusCode.Created, again.Status);
        var keys = (await GetAsync(app, admin, "v1/keys")).Json["keys"]!.AsArray();
        Assert.Equal(
            (string?)again.Json["keyId"], (string?)keys.Single(key => (string?)key!["keyId"] == IdOf(old))!["replacedBy"]);
    }

    [Fact]
    public async Task Of_several_who_rotate_a_key_at_once_one_gets_a_new_one_and_no_other_is_left_valid()
    {
        await using var app = await StartAsync();
        var admin = await CreateAsync(app, CallerRoles.Admin);
        var old = await CreateAsync(app, CallerRoles.Sponsor);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => SendAsync(app, admin, HttpMethod.Post, $"v1/keys/{IdOf(old)}/rotate")));

        var created = Assert.Single(answers, static answer => answer.Status == HttpStatusCode.Created);
        Assert.All(answers.Except([created]), static answer => answer.AssertProblem(HttpStatusCode.Conflict, ProblemTypes.KeyReplaced));
        var valid = (await app.Service<ApiKeyStore>().ListAsync(app.Tenant, Cancellation))
            .Where(static key => key.RevokedAt is null && key.Roles.SequenceEqual(["sponsor"]))
            .Select(static key => key.Id.ToString());
        Assert.Equal(
            new[] { IdOf(old), (string)created.Json["keyId"]! }.Order(StringComparer.Ordinal), valid.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_key_may_be_rotated_without_a_body_and_goes_on_for_a_day()
    {
        await using var app = await StartAsync();
        var admin = await CreateAsync(app, CallerRoles.Admin);
        var old = await CreateAsync(app, CallerRoles.Sponsor);

        Assert.Equal(HttpStatusCode.Created, (await SendAsync(app, admin, HttpMethod.Post, $"v1/keys/{IdOf(old)}/rotate")).Status);

        app.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, old, Any)).Status);
        app.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(app, old, Any)).Status);
    }

    [Fact]
    public async Task Every_fault_of_a_wanted_key_is_named()
    {
        await using var app = await StartAsync();
        var admin = await CreateAsync(app, CallerRoles.Admin);

        var answer = await PostAsync(
            app, admin, "v1/keys", """{ "name": "", "roles": ["pharmacy", "root"], "expiresAt": "2026-11-20T11:59:59Z", "rolle": 1 }""");

        var problem = answer.AssertProblem(HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent);
        Assert.Equal(["/expiresAt", "/name", "/roles/1", "/rolle"], problem.Errors!.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Trying_keys_faster_than_they_are_looked_for_keeps_no_known_caller_waiting()
    {
        await using var app = await StartAsync();
        var key = await CreateAsync(app, CallerRoles.Pharmacy);
        await GetAsync(app, key, Any);

        var tried = new List<HttpStatusCode>();
        while (!tried.Contains(HttpStatusCode.TooManyRequests) && tried.Count < 2000)
        {
            var guesses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => GetAsync(app, ApiKeyText.New(app.Tenant).Reveal(), Any)));
            tried.AddRange(guesses.Select(static guess => guess.Status));
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, tried);
        Assert.All(tried, static status => Assert.True(status is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, key, Any)).Status);
    }

    private static string IdOf(string key) => key.Split('.')[2];

    private static async Task<string> CreateAsync(WholeApp app, params string[] roles)
    {
        var (_, text) = await app.Service<KeyIssuer>().CreateAsync(
            app.Tenant, new ApiKeyRequest { Name = "test", Roles = roles }, Cancellation);
        return text.Reveal();
    }

    private static Task<Answer> GetAsync(WholeApp app, string? key, string path) => SendAsync(app, key, HttpMethod.Get, path);

    private static Task<Answer> PostAsync(WholeApp app, string key, string path, string json) =>
        SendAsync(app, key, HttpMethod.Post, path, WholeApp.Json(json));

    private static async Task<Answer> SendAsync(WholeApp app, string? key, HttpMethod method, string path, HttpContent? content = null)
    {
        using var http = app.ClientWith(key);
        using var response = await http.SendAsync(new HttpRequestMessage(method, path) { Content = content }, Cancellation);
        return await Answer.OfAsync(response);
    }

    private static async Task AssertNotStoredAsync(WholeApp app, string secret)
    {
        var bytes = Convert.FromBase64String(secret.Replace('-', '+').Replace('_', '/') + "=");
        foreach (var key in await app.Service<ApiKeyStore>().ListAsync(app.Tenant, Cancellation))
        {
            Assert.DoesNotContain(secret, JsonValue.Create(key.ToString())!.ToJsonString(), StringComparison.Ordinal);
            Assert.Equal(-1, key.Hash.Value.Span.IndexOf(bytes));
        }
    }

    private Task<WholeApp> StartAsync(params string[] settings) =>
        WholeApp.StartAsync(azurite.ConnectionString, [.. WholeApp.Production, .. settings]);
}
