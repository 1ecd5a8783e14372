namespace DrugResponse.Prediction.Models;

/// <summary>What a registry must be beyond its JSON shape before its files are worth fetching.</summary>
internal static class RegistryCheck
{
    /// <summary>Everything that is wrong, one sentence each; empty when nothing is.</summary>
    public static IReadOnlyList<string> FaultsOf(ModelRegistry registry)
    {
        if (registry.FormatVersion != ModelRegistry.CurrentFormatVersion)
            return [$"registry.json has format version {registry.FormatVersion}, not {ModelRegistry.CurrentFormatVersion}."];

        if (registry.Revision is < 1 or long.MaxValue)
            return [$"registry.json has the revision {registry.Revision}, which is none."];

        // The reader of JSON lets a null stand in a list.
        if (registry.Endpoints.Any(static endpoint => endpoint is null || endpoint.Versions.Contains(null!)))
            return ["registry.json has a null among its endpoints or versions."];

        return [.. Repeated(registry), .. WithoutOnePrimary(registry)];
    }

    private static IEnumerable<string> Repeated(ModelRegistry registry) =>
        registry.Endpoints
            .CountBy(static endpoint => $"{endpoint.Drug}/{endpoint.Endpoint}")
            .Where(static count => count.Value > 1)
            .Select(static count => $"registry.json has {count.Key} more than once.");

    private static IEnumerable<string> WithoutOnePrimary(ModelRegistry registry) =>
        registry.Endpoints
            .GroupBy(static endpoint => (endpoint.Drug, endpoint.Kind))
            .Where(static group => group.Count(static endpoint => endpoint.Primary) != 1)
            .Select(static group => $"{group.Key.Drug}: exactly one endpoint of kind {group.Key.Kind} must be primary.");
}
