using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Azure.Core;
using Azure.Core.Pipeline;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DrugResponse.Functions.Tests.Batches;

/// <summary>The call at the end of a batch.</summary>
public sealed class WebhookTests(QuietStorage storage) : IClassFixture<QuietStorage>, IAsyncLifetime
{
    private const string Key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private WholeApp _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await WholeApp.StartReadyAsync(storage.ConnectionString, $"DrugResponse:Batches:Webhooks:Key={Key}");

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task The_final_status_is_sent_once_and_signed()
    {
        await using var receiver = await Receiver.StartAsync();
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(5, 2), $"?webhook={receiver.Address}");
        await batch.DeliverAllAsync();

        await batch.ControlAsync();
        await batch.ControlAsync();

        var call = Assert.Single(receiver.Calls);
        var status = JsonNode.Parse(call.Body)!;
        Assert.Equal((batch.BatchId, BatchStates.CompletedWithErrors), ((string)status["batchId"]!, (string)status["state"]!));
        Assert.Equal(1, (int)status["rows"]!["failed"]!);
        var parts = call.Signature.Split(',').Select(static part => part.Split('=')).ToDictionary(static part => part[0], static part => part[1]);
        var expected = HMACSHA256.HashData(Convert.FromBase64String(Key), Encoding.UTF8.GetBytes($"{parts["t"]}.{call.Body}"));
        Assert.Equal(Convert.ToHexStringLower(expected), parts["v1"]);
        Assert.Equal(_app.Clock.GetUtcNow().ToUnixTimeSeconds(), long.Parse(parts["t"], CultureInfo.InvariantCulture), 60.0);
        Assert.Equal("delivered", (await _app.StatusAsync(batch.BatchId)).Webhook);
        Assert.DoesNotContain(batch.BatchId, await UnsettledAsync());
    }

    [Fact]
    public async Task A_call_that_fails_is_made_again()
    {
        await using var receiver = await Receiver.StartAsync(HttpStatusCode.InternalServerError, HttpStatusCode.Redirect, HttpStatusCode.NoContent);
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(1), $"?webhook={receiver.Address}");
        await batch.DeliverAllAsync();

        await batch.ControlAsync();
        Assert.Equal("pending", (await _app.StatusAsync(batch.BatchId)).Webhook);
        await batch.ControlAsync();
        await batch.ControlAsync();

        Assert.Equal(3, receiver.Calls.Count);
        Assert.Equal("delivered", (await _app.StatusAsync(batch.BatchId)).Webhook);
    }

    [Fact]
    public async Task Between_calls_that_fail_longer_and_longer_pauses_are_made()
    {
        var sent = new ControlSends();
        await using var app = await WholeApp.StartReadyAsync(
            storage.ConnectionString,
            services => services.AddSingleton(
                new StorageConnection(new StorageOptions { ConnectionString = storage.ConnectionString, Policies = [sent] })),
            $"DrugResponse:Batches:Webhooks:Key={Key}");
        var batch = await HandDelivery.SubmitAsync(app, Cohort.NdJson(1), "?webhook=http://127.0.0.1:9/");
        await batch.DeliverAllAsync();
        sent.Pauses.Clear();

        for (var call = 0; call < 7; call++)
            await batch.ControlAsync();

        Assert.Equal([5, 30, 120, 600, 3600, 21_600], sent.Pauses);
        var record = await batch.ReadAsync();
        Assert.Equal(app.Clock.GetUtcNow().AddHours(6), record.ControlDueAt, TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_receiver_that_never_answers_well_is_given_up()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(1), "?webhook=http://127.0.0.1:9/");
        await batch.DeliverAllAsync();

        for (var call = 0; call < 7; call++)
        {
            Assert.NotEqual("given-up", (await _app.StatusAsync(batch.BatchId)).Webhook);
            await batch.ControlAsync();
        }

        var status = await _app.StatusAsync(batch.BatchId);
        Assert.Equal((BatchStates.Completed, "given-up"), (status.State, status.Webhook));
        Assert.DoesNotContain(batch.BatchId, await UnsettledAsync());
    }

    [Fact]
    public async Task The_end_of_a_cancelled_batch_is_told_too()
    {
        await using var receiver = await Receiver.StartAsync();
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(5), $"?webhook={receiver.Address}");
        await _app.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"v1/batches/{batch.BatchId}"));
        _app.Clock.Advance(TimeSpan.FromSeconds(5));

        await batch.ControlAsync();

        Assert.Equal(BatchStates.Cancelled, (string)JsonNode.Parse(Assert.Single(receiver.Calls).Body)!["state"]!);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("http://example.org/")]
    [InlineData("https://example.org/")]
    [InlineData("https://user:password@hooks.example/")]
    public async Task Addresses_that_are_not_allowed_are_refused(string address)
    {
        await using var app = await WholeApp.StartReadyAsync(storage.ConnectionString, "DrugResponse:Batches:Webhooks:Hosts:0=hooks.example");

        var answer = await app.SubmitAsync(Cohort.NdJson(1), query: $"?webhook={Uri.EscapeDataString(address)}");

        Assert.Equal(["/webhook"], answer.AssertProblem(HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent).Errors!.Keys);
        Assert.Equal(HttpStatusCode.Accepted, (await app.SubmitAsync(Cohort.NdJson(1), query: "?webhook=https://hooks.example/a")).Status);
    }

    [Fact]
    public async Task Outside_development_nothing_may_be_called_unless_it_is_set_up()
    {
        await using var app = await WholeApp.StartAsync(storage.ConnectionString, [.. WholeApp.Production]);

        (await app.SubmitAsync(Cohort.NdJson(1), query: "?webhook=http://127.0.0.1/")).AssertProblem(HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent);
    }

    private async Task<IReadOnlyList<string>> UnsettledAsync()
    {
        var ids = new List<string>();
        await foreach (var (_, id) in _app.Service<BatchStore>().ListUnsettledAsync(Cancellation))
            ids.Add(id.ToString());
        return ids;
    }

    /// <summary>Notes for how long the messages that are sent to the control queue stay hidden, in seconds.</summary>
    private sealed class ControlSends : HttpPipelinePolicy
    {
        public ConcurrentQueue<int> Pauses { get; } = [];

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            var uri = message.Request.Uri;
            if (message.Request.Method == RequestMethod.Post && uri.Path.EndsWith("/batch-control/messages", StringComparison.Ordinal))
                Pauses.Enqueue(int.Parse(HttpUtility.ParseQueryString(uri.Query)["visibilitytimeout"] ?? "0", CultureInfo.InvariantCulture));
            await ProcessNextAsync(message, pipeline);
        }
    }

    private sealed class Receiver : IAsyncDisposable
    {
        private readonly WebApplication _server;

        private Receiver(WebApplication server) => _server = server;

        public ConcurrentQueue<(string Body, string Signature)> Calls { get; } = [];

        public string Address => _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/hook";

        public static async Task<Receiver> StartAsync(params HttpStatusCode[] answers)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var receiver = new Receiver(builder.Build());
            receiver._server.MapPost("/hook", async (HttpRequest request) =>
            {
                using var text = new StreamReader(request.Body);
                receiver.Calls.Enqueue((await text.ReadToEndAsync(), request.Headers["DrugResponse-Signature"].ToString()));
                return Results.StatusCode((int)(receiver.Calls.Count <= answers.Length ? answers[receiver.Calls.Count - 1] : HttpStatusCode.OK));
            });
            await receiver._server.StartAsync(Cancellation);
            return receiver;
        }

        public async ValueTask DisposeAsync() => await _server.DisposeAsync();
    }
}
