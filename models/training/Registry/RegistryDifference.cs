using DrugResponse.Prediction.Models;

namespace DrugResponse.Training.Registry;

/// <summary>Says what is different between two registries, for whoever changed one into the other.</summary>
internal static class RegistryDifference
{
    /// <summary>One line per endpoint that is new, gone, or has another active or candidate version.</summary>
    public static IEnumerable<string> Describe(ModelRegistry? before, ModelRegistry after)
    {
        var earlier = (before?.Endpoints ?? []).ToDictionary(IdOf, StringComparer.Ordinal);
        foreach (var endpoint in after.Endpoints)
        {
            earlier.Remove(IdOf(endpoint), out var present);
            if (present is null)
                yield return $"{IdOf(endpoint)}: new, active {endpoint.ActiveVersion}";
            else if (present.ActiveVersion != endpoint.ActiveVersion)
                yield return $"{IdOf(endpoint)}: active {present.ActiveVersion} -> {endpoint.ActiveVersion}";
            if (present?.CandidateVersion != endpoint.CandidateVersion)
                yield return $"{IdOf(endpoint)}: candidate {present?.CandidateVersion ?? "none"} -> {endpoint.CandidateVersion ?? "none"}";
        }

        foreach (var id in earlier.Keys)
            yield return $"{id}: gone";
    }

    private static string IdOf(RegisteredEndpoint endpoint) => $"{endpoint.Drug}/{endpoint.Endpoint}";
}
