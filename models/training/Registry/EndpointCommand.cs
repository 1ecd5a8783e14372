using System.CommandLine;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Training.Registry;

/// <summary>A command that changes one endpoint of a registry, in a folder or in a container.</summary>
internal static class EndpointCommand
{
    /// <summary>Changes an endpoint of a registry.</summary>
    public delegate ModelRegistry Change(ModelRegistry registry, string drug, string endpoint, ParseResult result);

    /// <summary>Makes the command.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="argument">A further argument behind drug and endpoint; null for none.</param>
    /// <param name="change">What it does to the registry.</param>
    public static Command Create(string name, string description, Argument? argument, Change change)
    {
        var drug = new Argument<string>("drug") { Description = "Canonical lower-case ingredient name." };
        var endpoint = new Argument<string>("endpoint") { Description = "Endpoint key." };
        var folder = StoreOptions.Folder();
        var connection = StoreOptions.Connection();
        var key = RegistrySigning.Key();
        var trusted = RegistrySigning.TrustedKey();
        var command = new Command(name, description) { drug, endpoint, folder, connection, key, trusted };
        if (argument is not null)
            command.Add(argument);
        command.SetAction((result, cancellationToken) => CommandRun.RunAsync(
            result.InvocationConfiguration,
            () => RegistryEdit.ApplyAsync(
                StoreOptions.Open(result, folder, connection),
                registry => change(registry, result.GetRequiredValue(drug), result.GetRequiredValue(endpoint), result),
                new SigningKeys(result.GetValue(key), result.GetValue(trusted)),
                TimeProvider.System,
                result.InvocationConfiguration.Output,
                cancellationToken),
            cancellationToken));
        return command;
    }
}
