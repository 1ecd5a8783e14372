using System.CommandLine;

namespace DrugResponse.Training.Registry;

/// <summary><c>rollback</c>: puts the version back into use that was in use before.</summary>
internal static class RollbackCommand
{
    public static Command Create() => EndpointCommand.Create(
        "rollback",
        "Put the version of an endpoint back into use that was in use before.",
        argument: null,
        static (registry, drug, endpoint, _) => RegistryChange.Rollback(registry, drug, endpoint));
}
