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

    /// <summary>
    /// Publishes a model as the active version of its endpoint; a version of the same number is replaced.
    /// </summary>
    /// <param name="card">The model card.</param>
    /// <param name="model">The model; log-odds unless the card's kind is a dose.</param>
    /// <param name="isPrimary">Whether the endpoint stands for its kind.</param>
    /// <param name="spread">Models of the squared distances of the interval's ends; null when the card's strata give the interval.</param>
    /// <param name="plots">Drawings of the model, by file name.</param>
    public void Publish(
        ModelCard card,
        AdditiveModel model,
        bool isPrimary,
        (AdditiveModel Below, AdditiveModel Above)? spread = null,
        IReadOnlyDictionary<string, string>? plots = null)
    {
        var path = $"{card.Drug}/{card.Endpoint}/{card.Version}";
        var archive = ToArchive(model, card.Kind);
        var cardBytes = ToBytes(card, ModelJson.Default.ModelCard);
        Write($"{path}/model.zip", archive);
        Write($"{path}/card.json", cardBytes);
        foreach (var (name, svg) in plots ?? new Dictionary<string, string>())
            Write($"{path}/{name}", Encoding.UTF8.GetBytes(svg));

        var version = new RegisteredVersion
        {
            Version = card.Version,
            Model = $"{path}/model.zip",
            ModelSha256 = Sha256(archive),
            Card = $"{path}/card.json",
            CardSha256 = Sha256(cardBytes),
            Spread = spread is { } both ? WriteSpread(path, both.Below, both.Above) : null,
        };
        Write(RegistryFile, ToBytes(Enter(ReadRegistry(), card, version, isPrimary), ModelJson.Default.ModelRegistry));
    }

    /// <summary>The archive of a model: same model, same bytes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="kind">A dose is a regression; everything else has a probability.</param>
    public static byte[] ToArchive(AdditiveModel model, EndpointKind kind) => ModelArchiveWriter.ToBytes(new ModelDefinition
    {
        Kind = kind == EndpointKind.Dose ? PredictionKind.Regression : PredictionKind.Binary,
        Inputs = [.. model.Shapes.Select(static shape => new NumericInput(shape.Feature))],
        Predictor = new GamDefinition(
            model.Intercept,
            [.. model.Shapes.Select(static shape => new ShapeFunctionDefinition(shape.UpperBounds, shape.Effects, shape.MissingEffect))]),
        Calibration = kind == EndpointKind.Dose ? null : PlattCalibration.LogOdds,
    });

    private RegisteredSpread WriteSpread(string path, AdditiveModel below, AdditiveModel above)
    {
        var (lower, upper) = (ToArchive(below, EndpointKind.Dose), ToArchive(above, EndpointKind.Dose));
        Write($"{path}/spread-lower.zip", lower);
        Write($"{path}/spread-upper.zip", upper);
        return new RegisteredSpread
        {
            Lower = $"{path}/spread-lower.zip",
            LowerSha256 = Sha256(lower),
            Upper = $"{path}/spread-upper.zip",
            UpperSha256 = Sha256(upper),
        };
    }

    private static ModelRegistry Enter(ModelRegistry registry, ModelCard card, RegisteredVersion version, bool isPrimary)
    {
        var present = registry.Endpoints.FirstOrDefault(endpoint => endpoint.Drug == card.Drug && endpoint.Endpoint == card.Endpoint);
        var entered = new RegisteredEndpoint
        {
            Drug = card.Drug,
            Endpoint = card.Endpoint,
            Kind = card.Kind,
            Primary = isPrimary,
            ActiveVersion = card.Version,
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

    private void Write(string relativePath, byte[] content)
    {
        var path = Path.Combine(folder, relativePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    private static byte[] ToBytes<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(value, type), (byte)'\n'];

    private static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
