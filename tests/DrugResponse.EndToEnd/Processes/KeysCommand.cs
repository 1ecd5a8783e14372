namespace DrugResponse.EndToEnd.Processes;

/// <summary>The command <c>keys</c> of the built app, as an operator runs it.</summary>
internal static class KeysCommand
{
    /// <summary>Runs the command and gives its exit code and what it wrote.</summary>
    public static async Task<(int ExitCode, string[] Output, string[] Errors)> RunAsync(string connectionString, params string[] arguments)
    {
        await using var app = AppProcess.Start(
            ProductionSettings.For(connectionString).Select(static pair => KeyValuePair.Create(pair.Name, pair.Value)),
            workingDirectory: null,
            ["keys", .. arguments]);
        var exitCode = await app.ExitAsync();
        return (exitCode, [.. app.Output], [.. app.Errors]);
    }

    /// <summary>Makes a key with the role <c>pharmacy</c>.</summary>
    public static async Task<string> CreateAsync(string connectionString)
    {
        var (exitCode, output, errors) = await RunAsync(
            connectionString, "create", "--tenant", ProductionSettings.Tenant, "--roles", "pharmacy", "--name", "end to end");
        Assert.True(exitCode == 0, string.Join('\n', errors));
        return Assert.Single(output);
    }
}
