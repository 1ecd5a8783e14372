using System.IO.Compression;
using System.Text.Json.Nodes;
using DrugResponse.ModelArchives;
using DrugResponse.ModelArchives.Writing;
using DrugResponse.Prediction.Models;
using DrugResponse.Testing;

namespace DrugResponse.Prediction.Tests.Support;

/// <summary>Makes and loads small models.</summary>
internal static class SmallModels
{
    public const string Dose = "dose";
    public const string Suffices = "standard-dose-suffices";
    public const string Overdoses = "standard-dose-overdoses";

    /// <summary>Loads a folder as the service loads the container.</summary>
    public static Task<ModelSet> LoadAsync(this ModelFolder folder) => ModelSetLoader.LoadAsync(
        folder.RegistryJson,
        folder.FetchAsync,
        cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Fetches a file of a folder.</summary>
    public static Task<ReadOnlyMemory<byte>?> FetchAsync(this ModelFolder folder, string path, CancellationToken cancellationToken) =>
        Task.FromResult(folder.Files.TryGetValue(path, out var content) ? (ReadOnlyMemory<byte>?)content : null);

    /// <summary>What is wrong with a folder.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(this ModelFolder folder) =>
        (await Assert.ThrowsAsync<ModelSetException>(folder.LoadAsync)).Faults;

    /// <summary>
    /// An archive whose score is 5 plus 0.5 for every feature above 50, minus 0.5 for every one up to 50, and 0.125 for every one that is
    /// missing.
    /// </summary>
    public static byte[] DoseArchive(params string[] features) => ModelArchiveWriter.ToBytes(Definition(features));

    /// <summary>The same score as log-odds of a probability.</summary>
    public static byte[] ProbabilityArchive(params string[] features) => ModelArchiveWriter.ToBytes(Definition(features) with
    {
        Kind = PredictionKind.Binary,
        Calibration = PlattCalibration.LogOdds,
    });

    /// <summary>An archive that gives everybody the same log-odds.</summary>
    public static byte[] RateArchive(double logOdds) => ModelArchiveWriter.ToBytes(new ModelDefinition
    {
        Kind = PredictionKind.Binary,
        Calibration = PlattCalibration.LogOdds,
        Inputs = [new NumericInput("ageYears")],
        Predictor = new GamDefinition(logOdds, [new ShapeFunctionDefinition([double.PositiveInfinity], [0], MissingEffect: 0)]),
    });

    /// <summary>
    /// A probability archive that takes no value of its feature above 100: the writer does not make such a one, so the last bound of one that
    /// it made is changed.
    /// </summary>
    public static byte[] BoundedArchive(string feature)
    {
        using var bounded = new MemoryStream();
        using (var source = new ZipArchive(new MemoryStream(ProbabilityArchive(feature))))
        using (var target = new ZipArchive(bounded, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in source.Entries)
            {
                using var content = new MemoryStream();
                using (var from = entry.Open())
                    from.CopyTo(content);
                using var to = target.CreateEntry(entry.FullName).Open();
                to.Write(Replace(content.ToArray(), BitConverter.GetBytes(double.PositiveInfinity), BitConverter.GetBytes(100.0)));
            }
        }

        return bounded.ToArray();
    }

    public static ModelDefinition Definition(params string[] features) => new()
    {
        Kind = PredictionKind.Regression,
        Inputs = [.. features.Select(static feature => new NumericInput(feature))],
        Predictor = new GamDefinition(
            5, [.. features.Select(static _ => new ShapeFunctionDefinition([50, double.PositiveInfinity], [-0.5, 0.5], MissingEffect: 0.125))]),
    };

    /// <summary>
    /// An archive of a squared distance: a constant, and 0.12 more for a feature above 50, 0.05 more up to 50, 0.6 more where it is
    /// missing.
    /// </summary>
    public static byte[] SpreadArchive(string feature, double constant = 0.04) => ModelArchiveWriter.ToBytes(Definition(feature) with
    {
        Predictor = new GamDefinition(
            constant, [new ShapeFunctionDefinition([50, double.PositiveInfinity], [0.05, 0.12], MissingEffect: 0.6)]),
    });

    /// <summary>The repository's response model alone, with other archives, whose interval is that of a spread.</summary>
    public static ModelFolder OnlySpread(byte[] archive, byte[] lower, byte[] upper) =>
        ModelFolder.OfRepository().Only(Suffices).ReplaceArchive(Suffices, archive).SetSpread(Suffices, lower, upper)
            .ChangeCard(Suffices, static card => card["trainingRanges"] = new JsonObject());

    /// <summary>The repository's dose model alone, with another archive and strata, and no training ranges.</summary>
    public static ModelFolder OnlyDose(byte[] archive, params (string[] Missing, double Lower, double Upper)[] strata) =>
        ModelFolder.OfRepository().Only(Dose).ReplaceArchive(Dose, archive).ChangeCard(Dose, card =>
        {
            card["interval"]!["relativeToScore"] = false;
            SetStrata(card, strata);
        });

    /// <summary>Gives a card other strata, and no training ranges.</summary>
    public static void SetStrata(JsonObject card, params (string[] Missing, double Lower, double Upper)[] strata)
    {
        card["interval"]!["strata"] = new JsonArray(
            [.. strata.Select(static stratum => Stratum(stratum.Missing, stratum.Lower, stratum.Upper))]);
        card["trainingRanges"] = new JsonObject();
    }

    private static byte[] Replace(byte[] bytes, byte[] from, byte[] to)
    {
        for (var at = bytes.AsSpan().IndexOf(from); at >= 0; at = bytes.AsSpan().IndexOf(from))
            to.CopyTo(bytes, at);
        return bytes;
    }

    private static JsonNode Stratum(string[] missing, double lower, double upper) => new JsonObject
    {
        ["missing"] = new JsonArray([.. missing.Select(static name => (JsonNode)name)]),
        ["lower"] = lower,
        ["upper"] = upper,
        ["patients"] = 100,
        ["coverage"] = 0.8,
    };
}
