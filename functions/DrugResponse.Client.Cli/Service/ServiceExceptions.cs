using DrugResponse.Contracts.Problems;

namespace DrugResponse.Client.Cli.Service;

/// <summary>The service refused what was asked, and would again.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="problem">Why, or null when it did not say.</param>
internal sealed class ServiceRefusedException(int status, Problem? problem) : Exception(problem?.Title ?? $"The service answered {status}.")
{
    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Why, or null when the service did not say.</summary>
    public Problem? Problem { get; } = problem;
}

/// <summary>The service did not answer for as long as was to be waited.</summary>
/// <param name="message">The last fault.</param>
internal sealed class ServiceUnreachableException(string message) : Exception(message);

/// <summary>A file that was named cannot be used.</summary>
/// <param name="message">Which and why.</param>
internal sealed class UnusableFileException(string message) : Exception(message);
