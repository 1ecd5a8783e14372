using DrugResponse.Prediction.Models;

namespace DrugResponse.Training.Registry;

/// <summary>The changes that a registry can undergo without a new file. Pure.</summary>
internal static class RegistryChange
{
    /// <summary>Puts a version of an endpoint into use; the one in use becomes the one that a rollback returns to.</summary>
    /// <exception cref="RegistryCommandException">There is no such endpoint or version, or it is in use already.</exception>
    public static ModelRegistry Activate(ModelRegistry registry, string drug, string endpoint, string version) =>
        Change(registry, drug, endpoint, present =>
        {
            RequireVersion(present, version);
            if (present.ActiveVersion == version)
                throw new RegistryCommandException($"{drug}/{endpoint} {version} is active already.");
            return present with
            {
                ActiveVersion = version,
                PreviousVersion = present.ActiveVersion,
                CandidateVersion = present.CandidateVersion == version ? null : present.CandidateVersion,
            };
        });

    /// <summary>
    /// Puts the version back into use that was in use before. What was in use before that one is not known, so there is nothing to roll
    /// back to after it.
    /// </summary>
    /// <exception cref="RegistryCommandException">There is no such endpoint, or no version was in use before.</exception>
    public static ModelRegistry Rollback(ModelRegistry registry, string drug, string endpoint) =>
        Change(registry, drug, endpoint, present =>
        {
            if (present.PreviousVersion is not { } previous)
                throw new RegistryCommandException(
                    $"{drug}/{endpoint}: no version is known that was active before {present.ActiveVersion}.");
            RequireVersion(present, previous);
            return present with
            {
                ActiveVersion = previous,
                PreviousVersion = null,
                CandidateVersion = present.CandidateVersion == previous ? null : present.CandidateVersion,
            };
        });

    /// <summary>Lets a version run beside the active one, or none.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="drug">The drug.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="version">The version; null for none.</param>
    /// <exception cref="RegistryCommandException">There is no such endpoint or version, or it is the active one.</exception>
    public static ModelRegistry SetCandidate(ModelRegistry registry, string drug, string endpoint, string? version) =>
        Change(registry, drug, endpoint, present =>
        {
            if (version is not null)
                RequireVersion(present, version);
            if (version == present.ActiveVersion)
                throw new RegistryCommandException($"{drug}/{endpoint} {version} is active; it cannot run beside itself.");
            return present with { CandidateVersion = version };
        });

    private static ModelRegistry Change(
        ModelRegistry registry, string drug, string endpoint, Func<RegisteredEndpoint, RegisteredEndpoint> change)
    {
        var present = registry.Endpoints.FirstOrDefault(each => each.Drug == drug && each.Endpoint == endpoint)
            ?? throw new RegistryCommandException($"The registry has no {drug}/{endpoint}.");
        var changed = change(present);
        return registry with { Endpoints = [.. registry.Endpoints.Select(each => each == present ? changed : each)] };
    }

    private static void RequireVersion(RegisteredEndpoint endpoint, string version)
    {
        if (endpoint.Versions.All(each => each.Version != version))
        {
            var present = string.Join(", ", endpoint.Versions.Select(static each => each.Version));
            throw new RegistryCommandException($"{endpoint.Drug}/{endpoint.Endpoint} has no version {version}; it has {present}.");
        }
    }
}
