using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Functions.Models;
using DrugResponse.Functions.Telemetry;
using DrugResponse.Functions.Tests.Batches;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Telemetry;

/// <summary>One trace from the caller's request through the queues.</summary>
public sealed class QueueTraceTests(BatchApp fixture) : IClassFixture<BatchApp>
{
    [Fact]
    public async Task Trace_of_the_submission_goes_on_in_every_chunk_and_in_control()
    {
        using var spans = new Spans();
        var trace = ActivityTraceId.CreateRandom();
        var request = new HttpRequestMessage(HttpMethod.Post, "v1/batches")
        {
            Content = new StringContent(Cohort.NdJson(25), MediaTypeHeaderValue.Parse(BatchCalls.NdJson)),
            Headers = { { "traceparent", $"00-{trace}-00f067aa0ba902b7-01" } },
        };

        await fixture.App.EndAsync((await fixture.App.SendAsync(request)).Status().BatchId);

        var names = spans.Of(trace).Select(static span => span.OperationName).ToList();
        Assert.True(names.Count(static name => name == "process batch-chunks") >= 3, string.Join(", ", names));
        Assert.Contains("process batch-control", names);
        Assert.All(spans.Of(trace), static span => Assert.Equal(ActivityKind.Consumer, span.Kind));
    }

    [Fact]
    public async Task Trace_of_a_request_that_is_scored_later_goes_on_when_it_is()
    {
        using var spans = new Spans();
        var trace = ActivityTraceId.CreateRandom();
        var request = new HttpRequestMessage(HttpMethod.Post, "v1/predictions")
        {
            Content = WholeApp.Json(Body.Warfarin().Utf8),
            Headers = { { "traceparent", $"00-{trace}-00f067aa0ba902b7-01" }, { "Prefer", "respond-async" } },
        };

        await Eventually.TrueAsync(() => fixture.App.Service<ModelSetKeeper>().Current is not null, "the app has loaded its models");
        Assert.Equal(HttpStatusCode.Accepted, (await fixture.App.SendAsync(request)).Status);

        await Eventually.TrueAsync(() => spans.Of(trace).Any(static span => span.OperationName == "process prediction-requests"), "it is scored");
    }

    [Theory]
    [InlineData("{\"v\":1,\"a\":{\"b\":[1]},\"traceparent\":\"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\"}", true)]
    [InlineData("{\"a\":{\"traceparent\":\"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\"}}", false)]
    [InlineData("{\"traceparent\":\"MRN-0042\"}", false)]
    [InlineData("{\"traceparent\":7}", false)]
    [InlineData("{\"traceparent\"", false)]
    [InlineData("[]", false)]
    [InlineData("", false)]
    [InlineData("no JSON", false)]
    public void Only_a_trace_of_the_W3C_form_is_taken_up(string message, bool isTakenUp)
    {
        using var spans = new Spans();
        var delivery = new QueueTriggerMessage(Encoding.UTF8.GetBytes(message), "1", 1, null, null);

        using var span = QueueTrace.Begin("AnyFunction", "any-queue", delivery, WholeApp.Start);

        Assert.Equal(isTakenUp, span!.TraceId.ToString() == "4bf92f3577b34da6a3ce929d0e0e4736");
    }

    [Fact]
    public void Span_says_by_the_messaging_conventions_what_was_delivered()
    {
        using var spans = new Spans();
        var id = Guid.NewGuid().ToString();
        var delivery = new QueueTriggerMessage("{}"u8.ToArray(), id, 1, null, null);
        var withWords = delivery with { Id = "MRN-0042" };

        using var span = QueueTrace.Begin("AnyFunction", "any-queue", delivery, WholeApp.Start);
        using var other = QueueTrace.Begin("AnyFunction", "any-queue", withWords, WholeApp.Start);

        Assert.Equal("process any-queue", span!.DisplayName);
        Assert.Equal("azure.storage.queue", span.GetTagItem("messaging.system"));
        Assert.Equal("process", span.GetTagItem("messaging.operation.name"));
        Assert.Equal("process", span.GetTagItem("messaging.operation.type"));
        Assert.Equal("any-queue", span.GetTagItem("messaging.destination.name"));
        Assert.Equal(2, span.GetTagItem("messaging.message.body.size"));
        Assert.Equal(id, span.GetTagItem("messaging.message.id"));
        Assert.Null(other!.GetTagItem("messaging.message.id"));
    }

    private sealed class Spans : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _ended = [];
        private readonly ActivityListener _listener;

        public Spans()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = static source => source.Name == ServiceTelemetry.Name,
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = _ended.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. _ended.Where(span => span.TraceId == trace)];

        public void Dispose() => _listener.Dispose();
    }
}
