using System.Diagnostics.Metrics;
using System.Net;
using Azure;
using Azure.Core.Pipeline;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Tests;

public sealed class InteractiveRetryPolicyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task What_fails_in_passing_is_tried_again_up_to_three_times(HttpStatusCode status)
    {
        var service = new FailingService(() => new HttpResponseMessage(status));

        await Assert.ThrowsAsync<RequestFailedException>(() => service.ReadAsync());

        // A slow machine may use up the second that is allowed before the third time.
        Assert.InRange(service.Attempts, 2, 4);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData(HttpStatusCode.PreconditionFailed)]
    public async Task What_would_fail_again_is_tried_once(HttpStatusCode status)
    {
        var service = new FailingService(() => new HttpResponseMessage(status));

        await Assert.ThrowsAsync<RequestFailedException>(() => service.ReadAsync());

        Assert.Equal(1, service.Attempts);
    }

    [Fact]
    public async Task A_service_that_says_how_long_to_wait_is_not_asked_again()
    {
        var service = new FailingService(() => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Headers = { { "Retry-After", "1" } } });

        await Assert.ThrowsAsync<RequestFailedException>(() => service.ReadAsync());

        Assert.Equal(1, service.Attempts);
    }

    [Fact]
    public async Task Nothing_is_tried_again_once_a_second_has_gone_by()
    {
        var service = new FailingService(
            () => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable), delay: TimeSpan.FromSeconds(1.1));

        await Assert.ThrowsAsync<RequestFailedException>(() => service.ReadAsync());

        Assert.Equal(1, service.Attempts);
    }

    [Fact]
    public async Task Every_repetition_is_counted()
    {
        var counted = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == StorageMeasures.Retries)
                listener.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref counted, value));
        listener.Start();
        var service = new FailingService(static () => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));

        await Assert.ThrowsAsync<RequestFailedException>(() => service.ReadAsync());

        // Other tests repeat requests meanwhile.
        Assert.True(Interlocked.Read(ref counted) >= service.Attempts - 1, $"{counted}");
    }

    private sealed class FailingService(Func<HttpResponseMessage> answer, TimeSpan delay = default) : HttpMessageHandler
    {
        public int Attempts { get; private set; }

        public Task ReadAsync()
        {
            var options = new TableClientOptions
            {
                Transport = new HttpClientTransport(new HttpClient(this)),
                RetryPolicy = new InteractiveRetryPolicy(),
            };
            return new TableClient("UseDevelopmentStorage=true", "anytable", options)
                .GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Attempts++;
            await Task.Delay(delay, cancellationToken);
            return answer();
        }
    }
}
