using Azure.Storage.Blobs;
using DrugResponse.Storage.Development;

namespace DrugResponse.Storage.Tests.Development;

public sealed class AzuriteEmulatorTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("azurite-test-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Serves_until_stopped_and_keeps_data_over_a_restart()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions { DataDirectory = _data }, Cancellation);
        var blob = new BlobContainerClient(emulator.ConnectionString, "kept");
        await blob.CreateAsync(cancellationToken: Cancellation);
        Assert.True(await AzuriteEmulator.IsListeningAsync(emulator.Ports, Cancellation));

        await emulator.StopAsync(Cancellation);

        Assert.False(emulator.IsRunning);
        Assert.False(await AzuriteEmulator.IsListeningAsync(emulator.Ports, Cancellation));

        await emulator.RestartAsync(Cancellation);

        Assert.True(await blob.ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task Says_so_when_a_port_is_taken()
    {
        await using var first = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => AzuriteEmulator.StartAsync(new AzuriteOptions { Ports = first.Ports }, Cancellation));

        Assert.Contains("EADDRINUSE", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_so_when_started_outside_the_repository()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => AzuriteEmulator.StartAsync(new AzuriteOptions { StartDirectory = _data }, Cancellation));

        Assert.Contains("package.json that asks for azurite", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_not_listening_where_another_program_answers()
    {
        using var listener = new System.Net.HttpListener();
        var port = AzuritePorts.FindFree().Blob;
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        var answer = AnswerOnceAsync(listener);

        var listening = await AzuriteEmulator.IsListeningAsync(new AzuritePorts(port, port, port), Cancellation);

        Assert.False(listening);
        await answer;
    }

    private static async Task AnswerOnceAsync(System.Net.HttpListener listener)
    {
        var context = await listener.GetContextAsync();
        context.Response.Close();
    }
}
