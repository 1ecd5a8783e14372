namespace DrugResponse.Functions.Hosting;

/// <summary>How this process was started, and so who listens to the queues and the clock.</summary>
internal enum HostingMode
{
    /// <summary>Nobody started a Functions host: this process serves the public port and fires its own triggers.</summary>
    Standalone,

    /// <summary>
    /// The Azure Functions host started this process as its custom handler: every request comes from the host over
    /// loopback, and queue messages and timer ticks arrive as <c>POST /{FunctionName}</c>.
    /// </summary>
    BehindFunctionsHost,
}
