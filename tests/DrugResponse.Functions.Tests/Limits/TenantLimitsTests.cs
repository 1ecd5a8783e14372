using System.Net;
using System.Net.Http.Headers;
using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Access.Keys;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Testing;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Tests.Limits;

public sealed class TenantLimitsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_answer_says_how_much_is_left()
    {
        await using var app = await StartAsync("RequestsPerSecond=1", "Burst=50");

        var first = await app.GetAsync("v1/genes");
        var refused = await app.GetAsync("v1/nothing");

        Assert.Equal("\"requests\";q=50;w=50", Header(first, "RateLimit-Policy"));
        Assert.Equal("\"requests\";r=49;t=1", Header(first, "RateLimit"));
        Assert.Matches("^\"requests\";r=4[89];t=[12]$", Header(refused, "RateLimit"));
    }

    [Fact]
    public async Task Beyond_the_burst_a_tenant_is_told_when_to_go_on_and_may_then()
    {
        await using var app = await StartAsync("RequestsPerSecond=1", "Burst=3");

        var answers = await UntilRefusedAsync(() => app.GetAsync("v1/genes"));

        var refused = answers[^1];
        Assert.True(answers.Count > 3);
        Assert.All(answers.SkipLast(1), static answer => Assert.Equal(HttpStatusCode.OK, answer.Status));

        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.StartsWith("\"requests\";r=0", Header(refused, "RateLimit"), StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => (await app.GetAsync("v1/genes")).Status == HttpStatusCode.OK, "the tenant may go on");
    }

    [Fact]
    public async Task One_tenant_does_not_use_up_what_another_may_and_some_may_more()
    {
        var (other, large) = (AzuriteFixture.UniqueTenant(), AzuriteFixture.UniqueTenant());
        await using var app = await StartAsync("RequestsPerSecond=1", "Burst=1", $"Tenants:{large}:Burst=20");
        using var others = await ClientAsync(app, other);
        using var larges = await ClientAsync(app, large);

        await UntilRefusedAsync(() => app.GetAsync("v1/genes"));

        Assert.Equal(HttpStatusCode.OK, (await others.GetAsync("v1/genes", Cancellation)).StatusCode);
        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.OK, (await larges.GetAsync("v1/genes", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Callers_without_a_credential_are_limited_apart_from_tenants()
    {
        await using var app = await StartAsync("RequestsPerSecond=1", "Burst=2");
        using var nobody = app.ClientWith(null);

        await UntilRefusedAsync(async () => await Answer.OfAsync(await nobody.GetAsync("v1/genes", Cancellation)));

        Assert.Equal(HttpStatusCode.OK, (await app.GetAsync("v1/genes")).Status);
    }

    [Fact]
    public async Task Health_is_told_during_a_flood_from_the_same_address()
    {
        await using var app = await StartAsync("RequestsPerSecond=1", "Burst=2");
        using var nobody = app.ClientWith(null);
        await UntilRefusedAsync(async () => await Answer.OfAsync(await nobody.GetAsync("v1/genes", Cancellation)));

        var probes = await Task.WhenAll(Enumerable.Range(0, 50).SelectMany(_ => new[]
        {
            nobody.GetAsync("health/live", Cancellation), nobody.GetAsync("health/ready", Cancellation),
        }));

        Assert.All(probes, static probe => Assert.Equal(HttpStatusCode.OK, probe.StatusCode));
    }

    [Fact]
    public async Task Requests_in_work_take_places_and_those_without_one_are_refused()
    {
        await using var app = await StartAsync("Concurrent=1", "Waiting=0");
        using var slow = new HangingBody();

        // The server asks for a body only once the request has its place.
        using var patient = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = Timeout.InfiniteTimeSpan });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Address, "/api/v1/predictions")) { Content = slow };
        request.Headers.ExpectContinue = true;
        request.Headers.Add("x-functions-key", "development");
        var inWork = patient.SendAsync(request, Cancellation);
        await slow.Begun.WaitAsync(Cancellation);

        var refused = await app.GetAsync("v1/genes");
        slow.End();

        refused.AssertProblem(HttpStatusCode.TooManyRequests, ProblemTypes.TooManyRequests);
        using var created = await inWork;
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.GetAsync("v1/genes")).Status);
    }

    [Fact]
    public async Task Queue_messages_are_not_limited()
    {
        await using var app = await StartAsync("RequestsPerSecond=1", "Burst=1");

        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.OK, (await app.DeliverAsync(Body.Warfarin().Utf8, $"m{i}")).Status);
    }

    [Theory]
    [InlineData("Burst=0", "DrugResponse:Limits: ")]
    [InlineData("Tenants:acme:Concurrent=0", "DrugResponse:Limits:Tenants:acme: ")]
    public async Task A_limit_that_would_let_nobody_in_is_named(string setting, string message)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(setting));

        Assert.Contains(failure.Failures, found => found.StartsWith(message, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<Answer>> UntilRefusedAsync(Func<Task<Answer>> ask)
    {
        var answers = new List<Answer>();
        while (answers.Count < 100 && answers.LastOrDefault()?.Status != HttpStatusCode.TooManyRequests)
            answers.Add(await ask());

        answers[^1].AssertProblem(HttpStatusCode.TooManyRequests, ProblemTypes.TooManyRequests);
        return answers;
    }

    private static string Header(Answer answer, string name) => Assert.Single(answer.Headers.GetValues(name));

    private static async Task<HttpClient> ClientAsync(WholeApp app, TenantName tenant)
    {
        var (_, key) = await app.Service<KeyIssuer>().CreateAsync(
            tenant, new ApiKeyRequest { Name = "test", Roles = CallerRoles.All }, Cancellation);
        return app.ClientWith(key.Reveal());
    }

    private Task<WholeApp> StartAsync(params string[] limits) => WholeApp.StartReadyAsync(
        azurite.ConnectionString, [.. limits.Select(static limit => $"DrugResponse:Limits:{limit}")]);

    /// <summary>A prediction body of which the last byte is held back.</summary>
    private sealed class HangingBody : HttpContent
    {
        private readonly byte[] _body = Body.Warfarin().Utf8;
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HangingBody() => Headers.ContentType = new MediaTypeHeaderValue("application/json");

        public Task Begun => _begun.Task;

        public void End() => _end.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_body.AsMemory(..^1), Cancellation);
            await stream.FlushAsync(Cancellation);
            _begun.SetResult();
            await _end.Task;
            await stream.WriteAsync(_body.AsMemory(^1..), Cancellation);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _body.Length;
            return true;
        }
    }
}
