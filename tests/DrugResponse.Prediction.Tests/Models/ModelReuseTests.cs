using System.Collections.Concurrent;
using DrugResponse.Prediction.Models;
using DrugResponse.Prediction.Tests.Support;
using DrugResponse.Testing;
using static DrugResponse.Prediction.Tests.Support.SmallModels;

namespace DrugResponse.Prediction.Tests.Models;

/// <summary>What a load fetches, and how much at once.</summary>
public sealed class ModelReuseTests
{
    private readonly ConcurrentQueue<string> _fetched = [];

    [Fact]
    public async Task Only_versions_that_changed_are_fetched_again()
    {
        var folder = ModelFolder.OfRepository();
        var before = await LoadAsync(folder);
        _fetched.Clear();

        var after = await LoadAsync(folder.MoveTo(Dose, "1.0.1"), new LoadedModels(before, static _ => true));

        Assert.Equal(["warfarin/dose/1.0.1/card.json", "warfarin/dose/1.0.1/model.zip"], _fetched.Order(StringComparer.Ordinal));
        Assert.Equal("1.0.1", after.Find("warfarin", Dose)!.Reference.Version);
        Assert.NotNull(after.Find("warfarin", Suffices));
    }

    [Fact]
    public async Task A_version_is_fetched_again_when_a_file_of_it_may_have_changed()
    {
        var folder = ModelFolder.OfRepository();
        var before = await LoadAsync(folder);
        _fetched.Clear();

        await LoadAsync(folder, new LoadedModels(before, static path => path != "warfarin/dose/1.0.0/card.json"));

        Assert.Equal(["warfarin/dose/1.0.0/card.json", "warfarin/dose/1.0.0/model.zip"], _fetched.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_candidate_that_becomes_active_is_not_fetched_again()
    {
        var folder = ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0");
        var before = await LoadAsync(folder);
        _fetched.Clear();
        folder.Endpoint(Dose)["activeVersion"] = "1.1.0";
        folder.Endpoint(Dose).Remove("candidateVersion");

        var after = await LoadAsync(folder, new LoadedModels(before, static _ => true));

        Assert.Empty(_fetched);
        Assert.Equal("1.1.0", after.Find("warfarin", Dose)!.Reference.Version);
    }

    [Fact]
    public async Task A_model_that_is_used_again_is_primary_as_the_new_registry_says()
    {
        var folder = ModelFolder.OfRepository().Copy("a-second-harm", Overdoses);
        var before = await LoadAsync(folder);
        folder.Endpoint(Overdoses)["primary"] = false;
        folder.Endpoint("a-second-harm")["primary"] = true;

        var after = await LoadAsync(folder, new LoadedModels(before, static _ => true));

        Assert.False(after.Find("warfarin", Overdoses)!.IsPrimary);
        Assert.True(after.Find("warfarin", "a-second-harm")!.IsPrimary);
    }

    [Fact]
    public async Task A_hundred_models_are_fetched_sixteen_files_at_once()
    {
        var folder = ModelFolder.OfRepository();
        for (var i = 0; i < 100; i++)
            folder.Copy($"copy-{i}", Overdoses);
        var (now, most) = (0, 0);
        var gate = new object();

        var models = await ModelSetLoader.LoadAsync(
            folder.RegistryJson,
            async (path, token) =>
            {
                lock (gate)
                    most = Math.Max(most, ++now);
                await Task.Delay(1, token);
                lock (gate)
                    now--;
                return await folder.FetchAsync(path, token);
            },
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(103, models.Models.Count());
        Assert.Equal(16, most);
    }

    private Task<ModelSet> LoadAsync(ModelFolder folder, LoadedModels? loaded = null) => ModelSetLoader.LoadAsync(
        folder.RegistryJson,
        (path, token) =>
        {
            _fetched.Enqueue(path);
            return folder.FetchAsync(path, token);
        },
        loaded,
        TestContext.Current.CancellationToken);
}
