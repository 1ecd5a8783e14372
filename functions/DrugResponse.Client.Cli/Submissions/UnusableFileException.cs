namespace DrugResponse.Client.Cli.Submissions;

/// <summary>A file that was named cannot be used.</summary>
/// <param name="message">Which and why.</param>
internal sealed class UnusableFileException(string message) : Exception(message);
