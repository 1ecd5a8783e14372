using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DrugResponse.ModelArchives;
using DrugResponse.ModelArchives.Writing;
using DrugResponse.Prediction.Models;
using DrugResponse.Training.Additive;

namespace DrugResponse.Training.Publishing;

/// <summary>Writes archives and cards under <c>drug/endpoint/version</c> and enters them into <c>registry.json</c>.</summary>
internal sealed class ModelPublisher(string folder)
{
    private const string RegistryFile = "registry.json";

    /// <summary>Whether a version is registered.</summary>
    public bool Has(string drug, string endpoint, string version) =>
        ReadRegistry().Endpoints.Any(each => each.Drug == drug && each.Endpoint == endpoint && each.Versions.Any(registered => registered.Version == version));

    /// <summary>Publishes a model; a version of the same number is replaced.</summary>
    /// <param name="card">The model card; without strata if there is a spread.</param>
    /// <param name="model">The model; log-odds unless the card's kind is a dose.</param>
    /// <param name="isPrimary">Whether the endpoint stands for its kind.</param>
    /// <param name="spread">What gives the interval, where the card's strata do not.</param>
    /// <param name="drawings">SVG drawings of the model, by file name; they lie beside the card and are not registered.</param>
    /// <param name="takesOver">
    /// Whether it becomes the active version although the endpoint has another; of an endpoint without one it always does.
    /// </param>
    /// <returns>Whether it is the active version.</returns>
    public bool Publish(
        ModelCard card, AdditiveModel model, bool isPrimary, SpreadModels? spread = null, IReadOnlyDictionary<string, string>? drawings = null,
        bool takesOver = true)
    {
        var path = $"{card.Drug}/{card.Endpoint}/{card.Version}";
        foreach (var (name, svg) in drawings ?? new Dictionary<string, string>())
            Write($"{path}/{name}", Encoding.UTF8.GetBytes(svg));
        var version = new RegisteredVersion
        {
            Version = card.Version,
            Model = $"{path}/model.zip",
            ModelSha256 = Write($"{path}/model.zip", ToArchive(model, card.Kind)),
            Card = $"{path}/card.json",
            CardSha256 = Write($"{path}/card.json", ToBytes(card, ModelJson.Default.ModelCard)),
            Spread = spread is null ? null : Write(path, spread),
        };
        var entered = Enter(ReadRegistry(), card, version, isPrimary, takesOver);
        Write(RegistryFile, ToBytes(entered, ModelJson.Default.ModelRegistry));
        return entered.Endpoints.Any(each => each.Drug == card.Drug && each.Endpoint == card.Endpoint && each.ActiveVersion == card.Version);
    }

    /// <summary>The archive of a model: same model, same bytes.</summary>
    public static byte[] ToArchive(AdditiveModel model, EndpointKind kind) =>
        ToArchive(model, kind == EndpointKind.Dose ? PredictionKind.Regression : PredictionKind.Binary);

    private static byte[] ToArchive(AdditiveModel model, PredictionKind kind) => ModelArchiveWriter.ToBytes(new ModelDefinition
    {
        Kind = kind,
        Inputs = [.. model.Shapes.Select(static shape => new NumericInput(shape.Feature))],
        Predictor = new GamDefinition(
            model.Intercept,
            [.. model.Shapes.Select(static shape => new ShapeFunctionDefinition(shape.UpperBounds, shape.Effects, shape.MissingEffect))]),
        Calibration = kind == PredictionKind.Binary ? PlattCalibration.LogOdds : null,
    });

    private static ModelRegistry Enter(ModelRegistry registry, ModelCard card, RegisteredVersion version, bool isPrimary, bool takesOver)
    {
        var present = registry.Endpoints.FirstOrDefault(endpoint => endpoint.Drug == card.Drug && endpoint.Endpoint == card.Endpoint);
        var changesOver = takesOver && present is not null && present.ActiveVersion != card.Version;
        var entered = new RegisteredEndpoint
        {
            Drug = card.Drug,
            Endpoint = card.Endpoint,
            Kind = card.Kind,
            Primary = isPrimary,
            ActiveVersion = present is null || takesOver ? card.Version : present.ActiveVersion,
            PreviousVersion = changesOver ? present!.ActiveVersion : present?.PreviousVersion,
            CandidateVersion = present?.CandidateVersion == card.Version ? null : present?.CandidateVersion,
            Versions = [.. (present?.Versions ?? []).Where(each => each.Version != card.Version), version],
        };
        return registry with
        {
            Endpoints =
            [
                .. registry.Endpoints.Where(endpoint => endpoint != present).Append(entered)
                    .OrderBy(static endpoint => endpoint.Drug, StringComparer.Ordinal)
                    .ThenBy(static endpoint => endpoint.Endpoint, StringComparer.Ordinal),
            ],
        };
    }

    private ModelRegistry ReadRegistry()
    {
        var path = Path.Combine(folder, RegistryFile);
        return File.Exists(path)
            ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ModelJson.Default.ModelRegistry)!
            : new ModelRegistry { FormatVersion = ModelRegistry.CurrentFormatVersion, Endpoints = [] };
    }

    private RegisteredSpread Write(string path, SpreadModels spread) => new()
    {
        Lower = $"{path}/spread-lower.zip",
        LowerSha256 = Write($"{path}/spread-lower.zip", ToArchive(spread.Below, PredictionKind.Regression)),
        Upper = $"{path}/spread-upper.zip",
        UpperSha256 = Write($"{path}/spread-upper.zip", ToArchive(spread.Above, PredictionKind.Regression)),
    };

    private string Write(string relativePath, byte[] content)
    {
        var path = Path.Combine(folder, relativePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    private static byte[] ToBytes<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(value, type), (byte)'\n'];
}
