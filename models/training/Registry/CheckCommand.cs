using System.CommandLine;

namespace DrugResponse.Training.Registry;

/// <summary><c>check</c>: whether the service would take a model, and how it compares with the one in use.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var archive = new Argument<FileInfo>("archive") { Description = "The ML.NET model archive." };
        var card = new Argument<FileInfo>("card") { Description = "Its card.json." };
        var lower = new Option<FileInfo>("--spread-lower")
        {
            Description = "The archive of the squared distance below, where a spread gives the interval.",
        };
        var upper = new Option<FileInfo>("--spread-upper") { Description = "The archive of the squared distance above." };
        archive.AcceptExistingOnly();
        card.AcceptExistingOnly();
        lower.AcceptExistingOnly();
        upper.AcceptExistingOnly();
        var folder = StoreOptions.Folder("--registry");
        var connection = StoreOptions.Connection();
        var command = new Command("check", "Say whether the service would take a model, and how it compares with the one in use.")
        {
            archive, card, lower, upper, folder, connection,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(lower) is null != result.GetValue(upper) is null)
                result.AddError($"{lower.Name} and {upper.Name} belong together.");
        });
        command.SetAction((result, cancellationToken) => CommandRun.RunAsync(
            result.InvocationConfiguration,
            async () =>
            {
                var files = new CheckedFiles(
                    result.GetRequiredValue(archive), result.GetRequiredValue(card), result.GetValue(lower), result.GetValue(upper));
                await new ModelCheck(StoreOptions.Open(result, folder, connection), result.InvocationConfiguration.Output)
                    .RunAsync(await files.ReadAsync(cancellationToken), cancellationToken);
            },
            cancellationToken));
        return command;
    }
}
