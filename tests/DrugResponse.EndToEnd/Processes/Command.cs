namespace DrugResponse.EndToEnd.Processes;

/// <summary>A command of the built app, as an operator runs it.</summary>
internal static class Command
{
    private const int Attempts = 3;

    /// <summary>Runs a command and gives its exit code and what it wrote.</summary>
    public static async Task<(int ExitCode, string[] Output, string[] Errors)> RunAsync(string connectionString, params string[] arguments)
    {
        await using var app = AppProcess.Start(
            ProductionSettings.For(connectionString).Select(static pair => KeyValuePair.Create(pair.Name, pair.Value)),
            workingDirectory: null,
            arguments);
        var exitCode = await app.ExitAsync();
        return (exitCode, [.. app.Output], [.. app.Errors]);
    }

    /// <summary>Makes a key of the tests' tenant. Where the emulator is too busy to answer, the command is run again.</summary>
    public static async Task<string> CreateKeyAsync(string connectionString, string roles = "pharmacy")
    {
        for (var attempt = 1; ; attempt++)
        {
            var (exitCode, output, errors) = await RunAsync(
                connectionString, "keys", "create", "--tenant", ProductionSettings.Tenant, "--roles", roles, "--name", "end to end");
            if (exitCode == 0)
                return Assert.Single(output);
            Assert.True(attempt < Attempts && errors is ["Storage does not answer."], string.Join('\n', errors));
        }
    }
}
