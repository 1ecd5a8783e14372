using DrugResponse.Prediction.Models;

namespace DrugResponse.Training.Registry;

/// <summary>Tries a model out against a registry, without changing it.</summary>
internal sealed class ModelCheck(ModelStore store, TextWriter output)
{
    /// <summary>Checks a version, and compares it with the active one.</summary>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <exception cref="RegistryCommandException">The service would refuse the model; every fault is listed.</exception>
    public async Task RunAsync(CheckedVersion version, CancellationToken cancellationToken)
    {
        var stored = await store.ReadRegistryAsync(cancellationToken);
        var set = stored is null ? ModelSet.Empty : await TryLoadAsync(stored, cancellationToken);
        var registered = set is null || stored is null ? null : Find(ModelSetLoader.ReadRegistry(stored.Json), version.Card);
        var load = await ModelSetLoader.LoadVersionAsync(
            set, registered ?? NewEndpoint(version), version.Version, version.FetchAsync, cancellationToken);
        List<string> faults = [.. load.Faults, .. Republished(registered, version)];
        if (faults.Count > 0 || load.Model is not { } model)
            throw new RegistryCommandException(["Refused:", .. faults]);

        await output.WriteLineAsync($"Accepted: {model.Reference.Id} {model.Reference.Version}.");
        if (set?.Find(model.Card.Drug, model.Card.Endpoint) is { } active)
            await new VersionComparison(active, model).WriteAsync(output);
        else if (set is not null)
            await output.WriteLineAsync($"No version of it is in use in {store.Name}, so there is nothing to compare it with.");
    }

    private async Task<ModelSet?> TryLoadAsync(StoredRegistry stored, CancellationToken cancellationToken)
    {
        try
        {
            return await ModelSetLoader.LoadAsync(stored.Json, store.ReadFileAsync, cancellationToken: cancellationToken);
        }
        catch (ModelSetException exception)
        {
            // The fault is not the checked model's, which may be what puts it right.
            await output.WriteLineAsync($"The models of {store.Name} cannot be loaded, so nothing is compared. {exception.Message}");
            return null;
        }
    }

    private static RegisteredEndpoint? Find(ModelRegistry registry, ModelCard? card) =>
        registry.Endpoints.FirstOrDefault(each => each.Drug == card?.Drug && each.Endpoint == card?.Endpoint);

    private static IEnumerable<string> Republished(RegisteredEndpoint? registered, CheckedVersion version) =>
        (registered?.Versions ?? [])
            .Where(each => each.Version == version.Version.Version && !each.HasSameContentAs(version.Version))
            .Select(static each => $"Version {each.Version} is registered with other bytes and never changes. Choose another version.");

    private static RegisteredEndpoint NewEndpoint(CheckedVersion version) => new()
    {
        Drug = version.Card?.Drug ?? "?",
        Endpoint = version.Card?.Endpoint ?? "?",
        Kind = version.Card?.Kind ?? EndpointKind.Response,
        Primary = true,
        ActiveVersion = version.Version.Version,
        Versions = [version.Version],
    };
}
