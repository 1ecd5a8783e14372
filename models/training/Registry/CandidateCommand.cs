using System.CommandLine;

namespace DrugResponse.Training.Registry;

/// <summary><c>candidate</c>: lets a version run beside the active one.</summary>
internal static class CandidateCommand
{
    private const string None = "none";

    public static Command Create()
    {
        var version = new Argument<string>("version") { Description = $"The version to score beside the active one, or {None}." };
        return EndpointCommand.Create(
            "candidate",
            "Let a version of an endpoint be scored beside the active one: stored, and not answered.",
            version,
            (registry, drug, endpoint, result) => RegistryChange.SetCandidate(
                registry, drug, endpoint, result.GetRequiredValue(version) is var named && named == None ? null : named));
    }
}
