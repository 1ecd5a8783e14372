using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DrugResponse.Functions.Tests.Batches;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Tests.Hostile;

/// <summary>Requests that no client sends: cut, slow, smuggled, or aimed at what is none of the caller's business.</summary>
public sealed class HostileRequestsTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    private const string Head = "Host: localhost\r\nConnection: close\r\nx-functions-key: development\r\nContent-Type: application/json\r\n";
    private const string Smuggled = "GET /api/v1/keys HTTP/1.1\r\nHost: localhost\r\nx-functions-key: development\r\n\r\n";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly WholeApp _app = fixture.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6")]
    [InlineData("Content-Length: +5")]
    [InlineData("Content-Length: 5, 6")]
    [InlineData("Transfer-Encoding: chunked, identity")]
    [InlineData("Transfer-Encoding: xchunked")]
    [InlineData("Transfer-Encoding : chunked")]
    [InlineData("Content-Length: 5\r\n folded: header")]
    public async Task A_request_whose_end_is_ambiguous_is_never_followed_by_another(string framing)
    {
        var text = await SendAsync($"POST /api/v1/predictions HTTP/1.1\r\n{Head}{framing}\r\n\r\n0\r\n\r\n{Smuggled}");

        Assert.StartsWith("HTTP/1.1 4", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Split("HTTP/1.1 ").Length - 1);
        Assert.DoesNotContain("\"keys\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_hardly_comes_is_given_up()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_app.Address.Host, _app.Address.Port, Cancellation);
        await using var stream = client.GetStream();
        var start = Stopwatch.GetTimestamp();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/predictions HTTP/1.1\r\n{Head}Content-Length: 5000\r\n\r\n{{"), Cancellation);

        using var answer = new StreamReader(stream, Encoding.ASCII);
        var text = await answer.ReadToEndAsync(Cancellation);

        Assert.StartsWith("HTTP/1.1 4", text, StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 60);
    }

    [Theory]
    [InlineData("v1/predictions/..%2F..%2Fkeys")]
    [InlineData("v1/predictions/%2e%2e%2f%2e%2e%2fetc%2fpasswd")]
    [InlineData("v1/predictions/a%5Cb")]
    [InlineData("v1/predictions/a%23b")]
    [InlineData("v1/predictions/a%3Fb")]
    [InlineData("v1/predictions/%00")]
    [InlineData("v1/predictions/%0A%7F%9F")]
    [InlineData("v1/predictions/'%20or%20PartitionKey%20ne%20'")]
    [InlineData("v1/patients/..%2F..%2Fkeys/predictions")]
    [InlineData("v1/patients/'%20or%20'1'%20eq%20'1/export")]
    [InlineData("v1/batches/..%2F..%2Fmodels%2Fregistry.json/results")]
    [InlineData("v1/batches/%F0%9F%92%89/summary")]
    [InlineData("v1/models/..%2F..%2Fwarfarin/dose")]
    [InlineData("v1/models/warfarin/..%2F..%2Fregistry.json")]
    public async Task An_id_that_is_a_path_or_a_filter_is_an_id_that_nobody_has(string path)
    {
        var answer = await _app.GetAsync(path);

        Assert.True(answer.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{answer.Status}: {answer.Text}");
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b?c%d")]
    [InlineData("' or PartitionKey ne '")]
    [InlineData("../../keys")]
    [InlineData("患者")]
    public async Task A_patient_id_with_characters_that_storage_keys_must_not_have_is_a_patient_like_any_other(string patientId)
    {
        var key = (await _app.PredictAsync(Body.Warfarin().With("/patient/id", patientId))).Prediction.PatientKey;

        Assert.Equal(key, (string?)(await _app.LookUpAsync(patientId)).Json["patientKey"]);
    }

    [Theory]
    [InlineData("ScoreBatchChunk")]
    [InlineData("ScoreQueuedPatient")]
    [InlineData("AdvanceBatch")]
    [InlineData("ContinueErasures")]
    [InlineData("api/ScoreBatchChunk")]
    public async Task Nobody_outside_can_post_a_message(string path)
    {
        using var http = _app.ClientWith("development");
        foreach (var secret in new[] { null, "", "guess" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_app.Address, path)) { Content = WholeApp.Json("""{ "Data": { "message": "e30=" } }""") };
            if (secret is not null)
                request.Headers.Add("X-DrugResponse-Trigger-Secret", secret);
            using var answer = await http.SendAsync(request, Cancellation);

            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_message_that_names_the_input_of_another_tenant_reads_nothing_of_it()
    {
        var victim = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(3));
        var own = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(3));
        var stolen = (await victim.ReadAsync()).Input!;
        var index = await _app.Service<BatchInputStore>().ReadIndexAsync(stolen, Cancellation);
        var message = new BatchChunkMessage
        {
            Tenant = _app.Tenant.ToString(), BatchId = own.BatchId, Blob = stolen.Blob, Chunk = index[0], From = 0, To = 3,
        };

        var answer = await own.DeliverAsync(message);

        Assert.NotEqual(HttpStatusCode.OK, answer.Status);
        Assert.Equal(0, (await _app.StatusAsync(own.BatchId)).Rows.Done);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{ "v": 1, "tenant": "../x", "requestId": "x", "blob": "x" }""")]
    [InlineData("""{ "v": 1, "tenant": "other", "batchId": "x", "blob": "../../x", "chunk": null }""")]
    public async Task A_forged_message_fails_and_harms_nothing(string message)
    {
        foreach (var function in new[] { "ScoreBatchChunk", "AdvanceBatch", "ScoreQueuedPatient" })
        {
            var answer = await _app.DeliverAsync(Encoding.UTF8.GetBytes(message), "forged", function: function);

            Assert.NotEqual(HttpStatusCode.OK, answer.Status);
        }

        Assert.Equal(HttpStatusCode.Created, (await _app.PredictAsync(Body.Warfarin())).Status);
    }

    private async Task<string> SendAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_app.Address.Host, _app.Address.Port, Cancellation);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Cancellation);
        using var answer = new StreamReader(stream, Encoding.UTF8);
        return await answer.ReadToEndAsync(Cancellation);
    }
}
