using System.Security.Cryptography;
using System.Text.Json;
using DrugResponse.ModelArchives;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Training.Tests.Publishing;

/// <summary>The models that lie in the repository.</summary>
internal static class RepositoryModels
{
    /// <summary>Their folder.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryRoot(), "models");

    /// <summary>Their registry.</summary>
    public static ModelRegistry Registry { get; } =
        JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(Folder, "registry.json")), ModelJson.Default.ModelRegistry)!;

    /// <summary>Every card of a model that a virtual cohort taught, by <c>drug/endpoint</c>.</summary>
    public static IReadOnlyDictionary<string, ModelCard> VirtualCards { get; } = Registry.Endpoints
        .Select(static endpoint => Card(endpoint.Versions.Single(version => version.Version == endpoint.ActiveVersion).Card))
        .Where(static card => card.TrainedOn == TrainingBasis.VirtualCohort)
        .ToDictionary(static card => $"{card.Drug}/{card.Endpoint}", StringComparer.Ordinal);

    /// <summary>An archive by its path.</summary>
    public static ModelArchive Archive(string path) => ModelArchive.Read(Bytes(path));

    /// <summary>A card by its path.</summary>
    public static ModelCard Card(string path) => JsonSerializer.Deserialize(Bytes(path), ModelJson.Default.ModelCard)!;

    /// <summary>The bytes of a file.</summary>
    public static byte[] Bytes(string path) => File.ReadAllBytes(Path.Combine(Folder, path));

    /// <summary>The hash of a file.</summary>
    public static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(Bytes(path)));

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DrugResponse.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests must run below the repository's root.");

        return folder.FullName;
    }
}
