using System.Text;
using DrugResponse.Functions.Hosting.Triggers;

namespace DrugResponse.Functions.Tests.Hosting.Triggers;

public sealed class TriggerPayloadTests
{
    [Theory]
    [InlineData("\"eyJ2IjoxfQ==\"", "{\"v\":1}")]
    [InlineData("\"\\\"{\\\\\\\"v\\\\\\\":1}\\\"\"", "{\"v\":1}")]
    [InlineData("\"\\\"hello \\\\\\\"x\\\\\\\"\\\"\"", "hello \"x\"")]
    [InlineData("\"{\\\"v\\\":1}\"", "{\"v\":1}")]
    [InlineData("{\"v\":1}", "{\"v\":1}")]
    [InlineData("\"not base64!\"", "not base64!")]
    [InlineData("\"\\\"unfinished\"", "\"unfinished")]
    [InlineData("\"\"", "")]
    public async Task Reads_the_body_in_every_form_that_a_host_may_send(string value, string expected)
    {
        var message = await ReadAsync($$$"""{"Data":{"message":{{{value}}}},"Metadata":{}}""");

        Assert.Equal(expected, Encoding.UTF8.GetString(message.Body.Span));
    }

    [Fact]
    public async Task Keeps_bytes_that_are_no_text()
    {
        var message = await ReadAsync("""{"Data":{"message":"/wD+"}}""");

        Assert.Equal([0xFF, 0x00, 0xFE], message.Body.ToArray());
    }

    [Theory]
    [InlineData("""{"Id":"\"m1\"","DequeueCount":"3"}""", "m1", 3L)]
    [InlineData("""{"Id":"m1","DequeueCount":3}""", "m1", 3L)]
    [InlineData("""{"Id":"\"m1\"","DequeueCount":"\"3\""}""", "m1", 3L)]
    [InlineData("""{"Id":{"polluted":true},"DequeueCount":"\"lots\"","InsertionTime":"yesterday"}""", null, null)]
    [InlineData("""{"Id":null,"DequeueCount":"-1"}""", null, null)]
    [InlineData("""{}""", null, null)]
    [InlineData("""[]""", null, null)]
    [InlineData("""null""", null, null)]
    public async Task Reads_metadata_that_makes_sense_and_passes_over_the_rest(string metadata, string? id, long? dequeueCount)
    {
        var message = await ReadAsync($$$"""{"Data":{"message":"AQID"},"Metadata":{{{metadata}}}}""");

        Assert.Equal(id, message.Id);
        Assert.Equal(dequeueCount, message.DequeueCount);
        Assert.Null(message.InsertionTime);
    }

    private static async Task<QueueTriggerMessage> ReadAsync(string json)
    {
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(json));
        using var payload = await TriggerPayload.ReadAsync(body, TestContext.Current.CancellationToken);
        return payload.ToQueueMessage(invocationId: null);
    }
}
