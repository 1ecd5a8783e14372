using System.Net;
using System.Text.Json;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Storage.Development;
using Microsoft.Extensions.DependencyInjection;

namespace DrugResponse.Functions.Tests.Hosting.Triggers;

public sealed class TriggerFunctionsTests
{
    private const string Payload =
        """{"Data":{"message":"AQID"},"Metadata":{"Id":"\"m1\"","DequeueCount":"2","InsertionTime":"2026-11-20T23:40:01+00:00"}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_200_with_an_object_when_the_work_is_done()
    {
        await using var app = await RunningApp.StartStandaloneAsync(ReceivedMessages.Map);

        using var response = await app.InvokeAsync(ReceivedMessages.FunctionName, Payload);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("""{"Outputs":{},"Logs":[],"ReturnValue":null}""", await response.Content.ReadAsStringAsync(Cancellation));
        var message = Assert.Single(app.Services.GetRequiredService<ReceivedMessages>().All);
        Assert.Equal([1, 2, 3], message.Body.ToArray());
        Assert.Equal("m1", message.Id);
        Assert.Equal(2, message.DequeueCount);
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 23, 40, 1, TimeSpan.Zero), message.InsertionTime);
    }

    [Fact]
    public async Task Answers_500_with_the_reason_when_the_work_failed()
    {
        await using var app = await RunningApp.StartStandaloneAsync(ReceivedMessages.Map);
        var function = app.Services.GetRequiredService<ReceivedMessages>();
        function.Behaviour = static _ => Task.FromResult(TriggerOutcome.Failed("No model is loaded."));

        using var response = await app.InvokeAsync(ReceivedMessages.FunctionName, Payload);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(
            """{"Outputs":{},"Logs":["No model is loaded."],"ReturnValue":null}""",
            await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Answers_500_without_the_message_when_the_function_throws()
    {
        await using var app = await RunningApp.StartStandaloneAsync(ReceivedMessages.Map);
        app.Services.GetRequiredService<ReceivedMessages>().Behaviour = static _ => throw new InvalidOperationException("about Jane Doe");

        using var response = await app.InvokeAsync(ReceivedMessages.FunctionName, Payload);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(
            """{"Outputs":{},"Logs":["The function failed with InvalidOperationException."],"ReturnValue":null}""",
            await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"Data":{}}""")]
    [InlineData("""{"Data":{"a":"AQID","b":"AQID"}}""")]
    public async Task Answers_400_with_an_object_when_the_invocation_is_not_readable(string payload)
    {
        await using var app = await RunningApp.StartStandaloneAsync(ReceivedMessages.Map);

        using var response = await app.InvokeAsync(ReceivedMessages.FunctionName, payload);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(JsonValueKind.Object, answer.RootElement.ValueKind);
        Assert.Empty(app.Services.GetRequiredService<ReceivedMessages>().All);
    }

    [Fact]
    public async Task Takes_the_last_invocation_id_when_a_caller_sent_its_own()
    {
        await using var app = await RunningApp.StartStandaloneAsync(ReceivedMessages.Map);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.TriggerPort.BaseAddress, ReceivedMessages.FunctionName))
        {
            Content = new StringContent(Payload),
            Headers = { { TriggerConnection.SecretHeader, app.TriggerPort.Secret } },
        };
        request.Headers.Add(TriggerFunctions.InvocationIdHeader, "made-up");
        request.Headers.Add(TriggerFunctions.InvocationIdHeader, "from-host");

        using var response = await http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("from-host", Assert.Single(app.Services.GetRequiredService<ReceivedMessages>().All).InvocationId);
    }

    [Fact]
    public async Task Hands_a_timer_tick_to_a_timer_function()
    {
        var ticks = new List<TimerTick>();
        await using var app = await RunningApp.StartStandaloneAsync(app => app.MapTimerFunction<ReceivedMessages>("Tick", (_, tick, _) =>
        {
            ticks.Add(tick);
            return Task.FromResult(TriggerOutcome.Done);
        }));

        using var response = await app.InvokeAsync(
            "Tick", """{"Data":{"tick":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":true}},"Metadata":{}}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(Assert.Single(ticks).IsPastDue);
    }

    public sealed class Reachability
    {
        [Theory]
        [InlineData("POST", false)]
        [InlineData("POST", true)]
        [InlineData("GET", true)]
        [InlineData("OPTIONS", true)]
        public async Task Does_not_exist_on_the_public_port(string method, bool withSecret)
        {
            await using var app = await RunningApp.StartStandaloneAsync(ReceivedMessages.Map);

            var host = app.TriggerPort.BaseAddress.Authority;
            var secret = withSecret ? app.TriggerPort.Secret : null;
            var function = await SendAsync(new HttpMethod(method), app.PublicAddress, ReceivedMessages.FunctionName, host, secret);
            var unknown = await SendAsync(new HttpMethod(method), app.PublicAddress, "NoSuchFunction", host, secret);

            Assert.Equal(HttpStatusCode.NotFound, function.Status);
            Assert.Equal(unknown, function);
            Assert.Empty(app.Services.GetRequiredService<ReceivedMessages>().All);
        }

        [Theory]
        [InlineData(null)]
        [InlineData("")]
        [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
        public async Task Does_not_exist_without_the_secret(string? secret)
        {
            await using var app = await RunningApp.StartStandaloneAsync(ReceivedMessages.Map);

            var function = await SendAsync(HttpMethod.Post, app.TriggerPort.BaseAddress, ReceivedMessages.FunctionName, host: null, secret);
            var readiness = await SendAsync(HttpMethod.Get, app.TriggerPort.BaseAddress, "/", host: null, secret);

            Assert.Equal((HttpStatusCode.NotFound, ""), function);
            Assert.Equal((HttpStatusCode.NotFound, ""), readiness);
            Assert.Empty(app.Services.GetRequiredService<ReceivedMessages>().All);
        }

        [Fact]
        public async Task Is_there_for_the_functions_host_without_a_secret()
        {
            await using var app = await RunningApp.StartBehindHostAsync(AzuritePorts.FindFree().Blob, ReceivedMessages.Map);

            var (status, _) = await SendAsync(HttpMethod.Post, app.PublicAddress, ReceivedMessages.FunctionName, host: null, secret: null);

            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Single(app.Services.GetRequiredService<ReceivedMessages>().All);
        }

        private static async Task<(HttpStatusCode Status, string Body)> SendAsync(
            HttpMethod method, Uri address, string path, string? host, string? secret)
        {
            using var http = new HttpClient();
            using var request = new HttpRequestMessage(method, new Uri(address, path)) { Headers = { Host = host } };
            if (method == HttpMethod.Post)
                request.Content = new StringContent(Payload);
            if (secret is not null)
                request.Headers.TryAddWithoutValidation(TriggerConnection.SecretHeader, secret);

            using var response = await http.SendAsync(request, Cancellation);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
        }
    }
}
