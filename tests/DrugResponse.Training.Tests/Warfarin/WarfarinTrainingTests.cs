using System.Text.Json;
using DrugResponse.ModelArchives;
using DrugResponse.Prediction.Models;
using DrugResponse.Training.Warfarin;
using static DrugResponse.Training.Tests.Warfarin.MadeUpCohort;

namespace DrugResponse.Training.Tests.Warfarin;

public sealed class WarfarinTrainingTests : IDisposable
{
    private static readonly TrainingEffort Little = new(Folds: 3, Repeats: 1, Refits: 2);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drug-response-training-");

    [Fact]
    public void The_same_seed_and_data_give_the_same_bytes()
    {
        var first = Train("first", seed: 1);
        var second = Train("second", seed: 1);

        Assert.Equal(7, first.Keys.Count(static path => !path.EndsWith(".svg", StringComparison.Ordinal)));
        Assert.Equal(first.Keys, second.Keys);
        Assert.All(first, file => Assert.Equal(file.Value, second[file.Key]));
    }

    [Fact]
    public void The_archives_follow_the_data_and_the_cards_tell_of_it()
    {
        var files = Train("models", seed: 1);

        var dose = ModelArchive.Read(files["warfarin/dose/1.0.0/model.zip"]).Compile();
        var values = dose.Inputs.Select(_ => float.NaN).ToArray();
        float Score(int variants)
        {
            values[dose.Inputs.Index().First(input => input.Item.Name == "vkorc1Rs9923231TAlleles").Index] = variants;
            return dose.Predict(values).Score;
        }

        // The made-up cohort loses 0.85 per variant; the fit shrinks effects a little.
        Assert.Equal(1.7, Score(0) - Score(2), 0.3);
        var card = JsonSerializer.Deserialize(files["warfarin/dose/1.0.0/card.json"], ModelJson.Default.ModelCard)!;
        Assert.Equal(400, card.TrainingData.Subjects);
        Assert.Contains(card.Metrics, metric => metric is { Name: "mean absolute error, mg/week: this model", Group: "all", Low: not null });
        Assert.InRange(card.Metrics.Single(metric => metric is { Name: "coverage of the 80 % interval", Group: "all" }).Value, 0.7, 0.9);
    }

    private SortedDictionary<string, byte[]> Train(string name, int seed)
    {
        var folder = _folder.CreateSubdirectory(name);
        new WarfarinTraining(TextWriter.Null, Little, seed).Run(new StringReader(Csv(Many(400, seed: 9))), folder.FullName);
        return new SortedDictionary<string, byte[]>(
            folder.EnumerateFiles("*", SearchOption.AllDirectories).ToDictionary(
                file => Path.GetRelativePath(folder.FullName, file.FullName).Replace('\\', '/'),
                file => File.ReadAllBytes(file.FullName)),
            StringComparer.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
