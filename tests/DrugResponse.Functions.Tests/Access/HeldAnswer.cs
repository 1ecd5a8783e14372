using Azure.Core;
using Azure.Core.Pipeline;
using DrugResponse.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace DrugResponse.Functions.Tests.Access;

/// <summary>Holds back what storage has answered to one read.</summary>
internal sealed class HeldAnswer : HttpPipelinePolicy
{
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _next;

    /// <summary>Ends when the answer is there and held.</summary>
    public Task Held => _held.Task;

    /// <summary>Puts a connection with this policy in the place of the app's own.</summary>
    public Action<IServiceCollection> Register(string connectionString) => services => services.AddSingleton(
        new StorageConnection(new StorageOptions { ConnectionString = connectionString, Policies = [this] }));

    /// <summary>Holds the next read of a row back.</summary>
    /// <param name="row">A part of its address.</param>
    public void Hold(string row) => _next = row;

    public void Release() => _released.SetResult();

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (_next is not { } row
            || message.Request.Method != RequestMethod.Get
            || !message.Request.Uri.ToString().Contains(row, StringComparison.Ordinal))
            return;

        _next = null;
        _held.SetResult();
        await _released.Task;
    }
}
