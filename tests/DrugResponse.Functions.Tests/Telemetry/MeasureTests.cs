using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DrugResponse.Functions.Telemetry;
using DrugResponse.Functions.Tests.Batches;
using DrugResponse.Functions.Tests.Support;

namespace DrugResponse.Functions.Tests.Telemetry;

/// <summary>What is counted and timed. Other tests run at the same time, so only what must be there is asked for.</summary>
public sealed class MeasureTests(BatchApp fixture) : IClassFixture<BatchApp>
{
    private readonly WholeApp _app = fixture.App;

    [Fact]
    public async Task Scores_are_counted_by_drug_endpoint_and_model_version()
    {
        using var measured = new Measured();

        var answer = await _app.PredictAsync(Body.Warfarin());

        var dose = answer.Prediction.Drugs[0].Dose!;
        Assert.Contains(
            measured.Of(ScoringMeasures.Scores),
            one => one.Value == 1
                && one.Tags["drugresponse.drug"] == "warfarin"
                && one.Tags["drugresponse.endpoint"] == dose.Endpoint
                && one.Tags["drugresponse.model.version"] == dose.Model.Version);
        Assert.Contains(measured.Of(ScoringMeasures.Duration), static one => one.Value is > 0 and < 10);
    }

    [Fact]
    public async Task Drugs_that_no_model_knows_are_not_counted()
    {
        using var measured = new Measured();

        await _app.PredictAsync(Body.Warfarin().WithJson("/candidates", """["warfarin", "qz unknown"]"""));

        Assert.DoesNotContain(measured.Of(ScoringMeasures.Scores), static one => one.Tags[MetricTags.Drug].Contains("qz", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Batches_rows_and_waiting_messages_are_measured()
    {
        using var measured = new Measured();

        await _app.RunAsync(Cohort.NdJson(23, 5));

        Assert.Contains(measured.Of(BatchMeasures.Batches), static one => one.Tags["drugresponse.batch.state"] == "accepted");
        Assert.Contains(measured.Of(BatchMeasures.Batches), static one => one.Tags["drugresponse.batch.state"] == "completed-with-errors");
        Assert.True(measured.Of(BatchMeasures.Rows).Where(static one => one.Tags[MetricTags.Outcome] == "scored").Sum(static one => one.Value) >= 22);
        Assert.True(measured.Of(BatchMeasures.Rows).Where(static one => one.Tags[MetricTags.Outcome] == "failed").Sum(static one => one.Value) >= 1);
        Assert.Contains(measured.Of(QueueTrace.Lag), static one => one.Tags["drugresponse.function"] == "ScoreBatchChunk");
    }

    [Fact]
    public async Task Loads_of_models_are_counted_and_timed()
    {
        using var measured = new Measured();

        await using var app = await WholeApp.StartReadyAsync(fixture.ConnectionString);

        Assert.Contains(measured.Of(ModelMeasures.Loads), static one => one.Tags["drugresponse.outcome"] == "loaded");
        Assert.NotEmpty(measured.Of(ModelMeasures.LoadDuration));
    }

    private sealed record Measurement(double Value, IReadOnlyDictionary<string, string> Tags);

    private sealed class Measured : IDisposable
    {
        private readonly ConcurrentQueue<(string Name, Measurement Measurement)> _all = [];
        private readonly MeterListener _listener = new();

        public Measured()
        {
            _listener.InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == ServiceTelemetry.Name)
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
            _listener.Start();
        }

        public IReadOnlyList<Measurement> Of(string instrument) =>
            [.. _all.Where(one => one.Name == instrument).Select(static one => one.Measurement)];

        public void Dispose() => _listener.Dispose();

        private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => _all.Enqueue(
            (instrument.Name, new Measurement(value, tags.ToArray().ToDictionary(static tag => tag.Key, static tag => $"{tag.Value}", StringComparer.Ordinal))));
    }
}
