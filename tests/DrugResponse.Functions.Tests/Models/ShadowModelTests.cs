using System.Net;
using System.Text.Json.Nodes;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Models;

/// <summary>A candidate version that runs beside the active one.</summary>
public sealed class ShadowModelTests(ModelsStorage storage) : IClassFixture<ModelsStorage>
{
    private const string Dose = "dose";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_candidate_says_is_stored_and_never_answered()
    {
        await storage.PublishAsync(ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0"));
        await using var app = await StartAsync();

        var answer = await app.PredictAsync(Body.Warfarin());
        var stored = await StoredAsync(app, answer.Prediction.PredictionId);

        var shadow = Assert.Single(JsonNode.Parse(stored.ShadowScores.Span)!.AsArray())!;
        var dose = answer.Prediction.Drugs[0].Dose!;
        Assert.Equal(
            ("warfarin/dose", "1.1.0", dose.Model.Sha256), ((string?)shadow["id"], (string?)shadow["version"], (string?)shadow["sha256"]));
        Assert.Equal(dose.Value, (double)shadow["value"]!);
        Assert.Equal(dose.Interval.Low, (double)shadow["low"]!);
        Assert.Equal(dose.Interval.High, (double)shadow["high"]!);
        Assert.DoesNotContain("1.1.0", answer.Text, StringComparison.Ordinal);
        Assert.Equal(answer.Text, (await app.GetAsync($"v1/predictions/{answer.Prediction.PredictionId}")).Text);
        Assert.Equal("1.0.0", dose.Model.Version);
    }

    [Fact]
    public async Task The_row_has_a_property_for_it_only_when_there_is_a_candidate()
    {
        await storage.PublishAsync(ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0"));
        await using (var app = await StartAsync())
            await app.PredictAsync(Body.Warfarin());
        await storage.PublishAsync(ModelFolder.OfRepository());
        await using (var app = await StartAsync())
            await app.PredictAsync(Body.Warfarin());

        var rows = new List<TableEntity>();
        var table = storage.Connection.Tables.GetTableClient(PredictionStore.TableName);
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: Cancellation))
            rows.Add(row);

        Assert.Contains(rows, static row => row.GetBinary("ShadowScores") is not null);
        Assert.Contains(rows, static row => row.GetBinary("ShadowScores") is null);
    }

    [Fact]
    public async Task A_bad_candidate_is_named_while_the_active_models_answer_and_is_taken_up_when_it_is_put_right()
    {
        var good = ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0");
        var archive = good.Files["dose/1.1.0/model.zip"];
        await storage.PublishAsync(good.With("dose/1.1.0/model.zip", [1, 2, 3]));
        await using var app = await StartAsync(expected: "degraded");

        var (_, reason) = await ModelsStorage.StateAsync(app);
        var answer = await app.PredictAsync(Body.Warfarin());
        var stored = await StoredAsync(app, answer.Prediction.PredictionId);
        await storage.PublishFileAsync("dose/1.1.0/model.zip", archive);
        await Eventually.TrueAsync(async () => (await ModelsStorage.StateAsync(app)).Status == "ready", "the candidate runs");

        Assert.Contains("In use: warfarin/dose 1.0.0", reason, StringComparison.Ordinal);
        Assert.Contains(
            "Not in shadow: warfarin/dose 1.1.0: dose/1.1.0/model.zip does not have the SHA-256", reason, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.True(stored.ShadowScores.IsEmpty);
        Assert.Contains("In shadow: warfarin/dose 1.1.0.", (await ModelsStorage.StateAsync(app)).Reason, StringComparison.Ordinal);
        Assert.Single(app.Logs.Lines, static line => line.Contains("Candidates cannot be scored", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_candidate_whose_path_leads_out_of_the_container_leaves_the_active_models_in_use()
    {
        var folder = ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0");
        folder.Endpoint(Dose)["versions"]![1]!["model"] = "../secrets/model.zip";
        await storage.PublishAsync(folder);
        await using var app = await StartAsync(expected: "degraded");

        Assert.Contains("../secrets/model.zip", (await ModelsStorage.StateAsync(app)).Reason, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await app.PredictAsync(Body.Warfarin())).Status);
    }

    private async Task<WholeApp> StartAsync(string expected = "ready")
    {
        var app = await WholeApp.StartAsync(storage.ConnectionString);
        await Eventually.TrueAsync(async () => (await ModelsStorage.StateAsync(app)).Status == expected, $"the models are {expected}");
        return app;
    }

    private static async Task<StoredPrediction> StoredAsync(WholeApp app, string predictionId)
    {
        Assert.True(PredictionId.TryParse(predictionId, out var id));
        return (await app.Service<PredictionStore>().GetAsync(app.Tenant, id, Cancellation))!;
    }
}
