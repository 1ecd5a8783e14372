using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DrugResponse.Testing;

/// <summary>
/// A model registry and its files in memory, which begin as the repository's. A test changes them, and hands them to a loader or
/// publishes them. Each endpoint has one version to begin with. Not thread-safe.
/// </summary>
public sealed class ModelFolder
{
    private const string RegistryName = "registry.json";

    private ModelFolder(JsonObject registry, Dictionary<string, byte[]> files) => (Registry, Files) = (registry, files);

    /// <summary>The registry.</summary>
    public JsonObject Registry { get; }

    /// <summary>The registry as bytes.</summary>
    public byte[] RegistryJson => Encoding.UTF8.GetBytes(Registry.ToJsonString());

    /// <summary>The files that the registry names, by path.</summary>
    public Dictionary<string, byte[]> Files { get; }

    /// <summary>Where the repository's models are.</summary>
    public static string RepositoryFolder { get; } = FindRepositoryFolder();

    /// <summary>Reads the three warfarin models of real patients, each the primary one of its kind: what most tests start from.</summary>
    public static ModelFolder OfRepository()
    {
        var folder = Read(static endpoint => (string?)endpoint["drug"] == "warfarin" && endpoint["versions"]![0]!["spread"] is null);
        foreach (var endpoint in folder.Registry["endpoints"]!.AsArray())
            endpoint!["primary"] = true;
        return folder;
    }

    /// <summary>Reads all of the repository's models of a drug.</summary>
    /// <param name="drug">The drug.</param>
    public static ModelFolder OfDrug(string drug) => Read(endpoint => (string?)endpoint["drug"] == drug);

    /// <summary>The drugs that the repository has models of.</summary>
    public static IReadOnlyList<string> DrugsOfRepository() =>
        [.. ReadRegistry()["endpoints"]!.AsArray().Select(static endpoint => (string)endpoint!["drug"]!).Distinct()];

    /// <summary>The entry of an endpoint.</summary>
    /// <param name="endpoint">Its name, with the drug and a slash in front where several drugs have one of that name.</param>
    public JsonObject Endpoint(string endpoint) =>
        Registry["endpoints"]!.AsArray().Select(static entry => entry!.AsObject()).Single(
            entry => (string?)entry["endpoint"] == endpoint || $"{entry["drug"]}/{entry["endpoint"]}" == endpoint);

    /// <summary>The entry of an endpoint's version.</summary>
    /// <param name="endpoint">The endpoint's name.</param>
    public JsonObject Version(string endpoint) => Endpoint(endpoint)["versions"]![0]!.AsObject();

    /// <summary>Changes an endpoint's card, and its hash.</summary>
    /// <param name="endpoint">The endpoint's name.</param>
    /// <param name="change">Changes the card.</param>
    public ModelFolder ChangeCard(string endpoint, Action<JsonObject> change)
    {
        var card = JsonNode.Parse(Files[(string)Version(endpoint)["card"]!])!.AsObject();
        change(card);
        return ReplaceCard(endpoint, Encoding.UTF8.GetBytes(card.ToJsonString()));
    }

    /// <summary>Replaces the bytes of an endpoint's card, and their hash.</summary>
    /// <param name="endpoint">The endpoint's name.</param>
    /// <param name="card">The card.</param>
    public ModelFolder ReplaceCard(string endpoint, byte[] card)
    {
        Files[(string)Version(endpoint)["card"]!] = card;
        Version(endpoint)["cardSha256"] = Convert.ToHexStringLower(SHA256.HashData(card));
        return this;
    }

    /// <summary>Replaces an endpoint's archive, and its hash.</summary>
    /// <param name="endpoint">The endpoint's name.</param>
    /// <param name="archive">The archive.</param>
    public ModelFolder ReplaceArchive(string endpoint, byte[] archive)
    {
        Files[(string)Version(endpoint)["model"]!] = archive;
        Version(endpoint)["modelSha256"] = Convert.ToHexStringLower(SHA256.HashData(archive));
        return this;
    }

    /// <summary>Gives an endpoint the archives of a spread, and takes the strata out of its card.</summary>
    /// <param name="endpoint">The endpoint's name.</param>
    /// <param name="lower">The archive for the distance below the score.</param>
    /// <param name="upper">The archive for the distance above it.</param>
    public ModelFolder SetSpread(string endpoint, byte[] lower, byte[] upper)
    {
        var folder = Path.GetDirectoryName((string)Version(endpoint)["model"]!)!;
        var (lowerPath, upperPath) = ($"{folder}/spread-lower.zip", $"{folder}/spread-upper.zip");
        (Files[lowerPath], Files[upperPath]) = (lower, upper);
        Version(endpoint)["spread"] = new JsonObject
        {
            ["lower"] = lowerPath,
            ["lowerSha256"] = Convert.ToHexStringLower(SHA256.HashData(lower)),
            ["upper"] = upperPath,
            ["upperSha256"] = Convert.ToHexStringLower(SHA256.HashData(upper)),
        };
        return ChangeCard(endpoint, static card =>
        {
            card["interval"]!["relativeToScore"] = false;
            card["interval"]!["strata"] = new JsonArray();
        });
    }

    /// <summary>Moves an endpoint to another version, whose files are where that version's files belong.</summary>
    /// <param name="endpoint">The endpoint's name.</param>
    /// <param name="version">The version.</param>
    public ModelFolder MoveTo(string endpoint, string version)
    {
        var entry = Version(endpoint);
        ChangeCard(endpoint, card => card["version"] = version);
        foreach (var file in new[] { "model", "card" })
        {
            var path = (string)entry[file]!;
            var moved = path.Replace((string)entry["version"]!, version, StringComparison.Ordinal);
            Files.Remove(path, out var content);
            Files[moved] = content!;
            entry[file] = moved;
        }

        entry["version"] = version;
        Endpoint(endpoint)["activeVersion"] = version;
        return this;
    }

    /// <summary>Adds a version with the files of the first one, and names it as the candidate.</summary>
    /// <param name="endpoint">The endpoint's name.</param>
    /// <param name="version">The new version.</param>
    /// <param name="archive">Its archive; null for that of the first version.</param>
    /// <param name="change">Changes its card; null for no change but the version.</param>
    public ModelFolder AddCandidate(string endpoint, string version, byte[]? archive = null, Action<JsonObject>? change = null)
    {
        var original = Version(endpoint);
        var (modelPath, cardPath) = ($"{endpoint}/{version}/model.zip", $"{endpoint}/{version}/card.json");
        var card = JsonNode.Parse(Files[(string)original["card"]!])!.AsObject();
        card["version"] = version;
        change?.Invoke(card);
        Files[modelPath] = archive ?? Files[(string)original["model"]!];
        Files[cardPath] = Encoding.UTF8.GetBytes(card.ToJsonString());
        Endpoint(endpoint)["versions"]!.AsArray().Add(new JsonObject
        {
            ["version"] = version,
            ["model"] = modelPath,
            ["modelSha256"] = Convert.ToHexStringLower(SHA256.HashData(Files[modelPath])),
            ["card"] = cardPath,
            ["cardSha256"] = Convert.ToHexStringLower(SHA256.HashData(Files[cardPath])),
        });
        Endpoint(endpoint)["candidateVersion"] = version;
        return this;
    }

    /// <summary>Adds an endpoint with the files of another one. It is not the primary one of its kind.</summary>
    /// <param name="endpoint">The new endpoint's name.</param>
    /// <param name="original">The endpoint to copy.</param>
    public ModelFolder Copy(string endpoint, string original)
    {
        var copy = Endpoint(original).DeepClone().AsObject();
        copy["endpoint"] = endpoint;
        copy["primary"] = false;
        Registry["endpoints"]!.AsArray().Add(copy);
        foreach (var file in new[] { "model", "card" })
        {
            var path = (string)Version(endpoint)[file]!;
            var copied = path.Replace(original, endpoint, StringComparison.Ordinal);
            Files[copied] = Files[path];
            Version(endpoint)[file] = copied;
        }

        return ChangeCard(endpoint, card => card["endpoint"] = endpoint);
    }

    /// <summary>Adds a primary endpoint of another drug, with the files of an endpoint that is there.</summary>
    /// <param name="drug">The other drug.</param>
    /// <param name="endpoint">The new endpoint's name.</param>
    /// <param name="original">The endpoint to copy.</param>
    public ModelFolder CopyToDrug(string drug, string endpoint, string original)
    {
        var copy = Endpoint(original).DeepClone().AsObject();
        (copy["drug"], copy["endpoint"], copy["primary"]) = (drug, endpoint, true);
        Registry["endpoints"]!.AsArray().Add(copy);
        var version = Version($"{drug}/{endpoint}");
        foreach (var file in new[] { "model", "card" })
        {
            var path = $"{drug}/{endpoint}/{version["version"]}/{Path.GetFileName((string)version[file]!)}";
            Files[path] = Files[(string)version[file]!];
            version[file] = path;
        }

        return ChangeCard($"{drug}/{endpoint}", card => (card["drug"], card["endpoint"]) = (drug, endpoint));
    }

    /// <summary>Replaces the bytes of a file, and leaves the hash that the registry states.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="content">The bytes.</param>
    public ModelFolder With(string path, byte[] content)
    {
        Files[path] = content;
        return this;
    }

    /// <summary>Takes a file away that the registry goes on naming.</summary>
    /// <param name="path">The file's path.</param>
    public ModelFolder Without(string path)
    {
        Files.Remove(path);
        return this;
    }

    /// <summary>Writes registry and files into a folder on disk.</summary>
    /// <param name="folder">The folder.</param>
    public ModelFolder WriteTo(string folder)
    {
        foreach (var (path, content) in Files.Append(new KeyValuePair<string, byte[]>(RegistryName, RegistryJson)))
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
        }

        return this;
    }

    /// <summary>Leaves out all endpoints but one.</summary>
    /// <param name="endpoint">Its name.</param>
    public ModelFolder Only(string endpoint)
    {
        Registry["endpoints"] = new JsonArray(Endpoint(endpoint).DeepClone());
        return this;
    }

    private static IEnumerable<string> PathsOf(JsonNode? version) =>
        new[] { version!["model"], version["card"], version["spread"]?["lower"], version["spread"]?["upper"] }
            .OfType<JsonNode>()
            .Select(static path => (string)path!);

    private static ModelFolder Read(Func<JsonObject, bool> isWanted)
    {
        var registry = ReadRegistry();
        var endpoints = registry["endpoints"]!.AsArray().Where(endpoint => isWanted(endpoint!.AsObject())).ToArray();
        registry["endpoints"] = new JsonArray([.. endpoints.Select(static endpoint => endpoint!.DeepClone())]);
        var paths = registry["endpoints"]!.AsArray().SelectMany(static endpoint => endpoint!["versions"]!.AsArray()).SelectMany(PathsOf);
        return new ModelFolder(
            registry, paths.ToDictionary(static path => path, static path => File.ReadAllBytes(Path.Combine(RepositoryFolder, path))));
    }

    private static JsonObject ReadRegistry() => JsonNode.Parse(File.ReadAllBytes(Path.Combine(RepositoryFolder, RegistryName)))!.AsObject();

    private static string FindRepositoryFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var models = Path.Combine(folder.FullName, "models");
            if (File.Exists(Path.Combine(models, RegistryName)))
                return models;
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
