using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Problems;

namespace DrugResponse.Client.Tests;

/// <summary>Predictions that are made later: asked for, and waited for.</summary>
public sealed class QueuedPredictionTests
{
    private const string Prediction =
        """
        { "predictionId": "p", "patientKey": "k", "createdAt": "2026-11-20T12:00:00Z", "knowledgeVersion": "v",
          "phenotypes": [], "drugs": [], "warnings": [] }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(202, """{ "predictionId": "p", "patientKey": "k" }""")]
    [InlineData(201, Prediction)]
    public async Task Ids_are_those_of_the_answer_whether_the_patient_was_scored_before_or_not(int status, string answer)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(status, answer));

        var queued = await server.Connect()
            .QueuePredictionAsync(new PredictionRequest { Candidates = ["warfarin"] }, "my-key", Cancellation);

        Assert.Equal(new QueuedPrediction("p", "k"), queued);
        Assert.Equal("respond-async", server.Received[0].Headers["Prefer"]);
        Assert.Equal("my-key", server.Received[0].Headers["Idempotency-Key"]);
    }

    [Fact]
    public async Task Waiting_goes_on_until_the_prediction_is_there()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Problem(404, ProblemTypes.NotFound),
            ScriptedServer.Problem(404, ProblemTypes.NotFound),
            ScriptedServer.Json(200, Prediction));

        var prediction = await server.Connect().WaitForPredictionAsync("p", cancellationToken: Cancellation);

        Assert.Equal("p", prediction.PredictionId);
        Assert.Equal(3, server.Received.Count);
    }

    [Fact]
    public async Task Waiting_ends_when_patience_does()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Problem(404, ProblemTypes.NotFound));

        await Assert.ThrowsAsync<TimeoutException>(
            () => server.Connect().WaitForPredictionAsync("p", TimeSpan.Zero, cancellationToken: Cancellation));
    }
}
