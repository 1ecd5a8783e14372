using DrugResponse.Prediction.Scoring;

namespace DrugResponse.Prediction.Models;

/// <summary>Loads single versions of models. For one load of a set; thread-safe.</summary>
internal sealed class VersionLoader(ModelFiles files, LoadedModels? loaded)
{
    /// <summary>Loads the active version of an endpoint.</summary>
    public Task<VersionLoad> LoadActiveAsync(RegisteredEndpoint endpoint, CancellationToken cancellationToken) =>
        LoadAsync(endpoint, endpoint.ActiveVersion, "active", cancellationToken);

    /// <summary>Loads the candidate of an endpoint that has one. Whatever is wrong with it is a fault, never an exception.</summary>
    public async Task<VersionLoad> LoadCandidateAsync(RegisteredEndpoint endpoint, CancellationToken cancellationToken)
    {
        var version = endpoint.CandidateVersion!;
        if (version == endpoint.ActiveVersion)
            return VersionLoad.Failed($"{endpoint.Drug}/{endpoint.Endpoint}: the candidate version {version} is the active one.");
        try
        {
            return await LoadAsync(endpoint, version, "candidate", cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The set in use must not depend on a file that no answer needs.
            return VersionLoad.Failed(
                $"{endpoint.Drug}/{endpoint.Endpoint} {version}: the candidate cannot be fetched ({exception.GetType().Name}).");
        }
    }

    /// <summary>Loads a version.</summary>
    public async Task<VersionLoad> LoadAsync(RegisteredModel registered, CancellationToken cancellationToken)
    {
        if (loaded?.Find(registered) is { } same)
            return new VersionLoad(same, []);

        var faults = new List<string>();
        var contents = await files.GetAsync(registered.Version, faults, cancellationToken).ConfigureAwait(false);
        var model = contents is null ? null : ModelBinder.Bind(registered, contents, faults);
        return new VersionLoad(model, [.. faults.Select(fault => $"{registered.Id} {registered.Version.Version}: {fault}")]);
    }

    private async Task<VersionLoad> LoadAsync(RegisteredEndpoint endpoint, string name, string role, CancellationToken cancellationToken) =>
        endpoint.Versions.FirstOrDefault(version => version.Version == name) is { } version
            ? await LoadAsync(new RegisteredModel(endpoint, version), cancellationToken).ConfigureAwait(false)
            : VersionLoad.Failed($"{endpoint.Drug}/{endpoint.Endpoint}: the {role} version {name} is not among its versions.");
}

/// <summary>The outcome of loading one version.</summary>
/// <param name="Model">The model; null when there is a fault.</param>
/// <param name="Faults">What is wrong, one sentence each.</param>
public sealed record VersionLoad(ScoredModel? Model, IReadOnlyList<string> Faults)
{
    internal static VersionLoad Failed(string fault) => new(null, [fault]);
}
