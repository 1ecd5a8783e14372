using System.CommandLine;

namespace DrugResponse.Training.Registry;

/// <summary><c>publish</c>: uploads a folder's models into the container that the service reads.</summary>
internal static class PublishCommand
{
    public static Command Create()
    {
        var folder = StoreOptions.Folder();
        var connection = StoreOptions.Connection();
        var replace = new Option<bool>("--replace") { Description = "Let versions vanish that the container has and the folder has not." };
        var key = RegistrySigning.Key();
        var command = new Command("publish", "Upload archives and cards, and then the registry, into the container that the service reads.")
        {
            folder, connection, replace, key,
        };
        command.SetAction((result, cancellationToken) => CommandRun.RunAsync(
            result.InvocationConfiguration,
            () => new Publication(
                new FolderStore(result.GetRequiredValue(folder).FullName),
                StoreOptions.OpenContainer(result.GetValue(connection)),
                TimeProvider.System,
                result.InvocationConfiguration.Output).RunAsync(result.GetValue(replace), result.GetValue(key), cancellationToken),
            cancellationToken));
        return command;
    }
}
