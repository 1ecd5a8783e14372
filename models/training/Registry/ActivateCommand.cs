using System.CommandLine;

namespace DrugResponse.Training.Registry;

/// <summary><c>activate</c>: puts a version into use.</summary>
internal static class ActivateCommand
{
    public static Command Create()
    {
        var version = new Argument<string>("version") { Description = "The version to put into use." };
        return EndpointCommand.Create(
            "activate",
            "Put a version of an endpoint into use; the one in use is kept as the one to roll back to.",
            version,
            (registry, drug, endpoint, result) => RegistryChange.Activate(registry, drug, endpoint, result.GetRequiredValue(version)));
    }
}
