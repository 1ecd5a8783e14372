using System.CommandLine;
using Azure;
using DrugResponse.Prediction.Models;
using DrugResponse.Storage;

namespace DrugResponse.Training.Registry;

/// <summary>Runs a command's work and turns what can go wrong into a message and exit code 1.</summary>
internal static class CommandRun
{
    public static async Task<int> RunAsync(InvocationConfiguration console, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            return 0;
        }
        catch (RegistryCommandException exception)
        {
            await console.Error.WriteLineAsync(exception.Message);
        }
        catch (ModelSetException exception)
        {
            await console.Error.WriteLineAsync(string.Join(Environment.NewLine, exception.Faults));
        }
        catch (InvalidDataException exception)
        {
            await console.Error.WriteLineAsync(exception.Message);
        }
        catch (Exception exception) when (StorageOutage.IsOutage(exception, cancellationToken))
        {
            await console.Error.WriteLineAsync("Storage does not answer.");
        }
        catch (RequestFailedException exception)
        {
            await console.Error.WriteLineAsync($"Storage refuses: HTTP {exception.Status} {exception.ErrorCode}.");
        }

        return 1;
    }
}
