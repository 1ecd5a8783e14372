namespace DrugResponse.Functions.Hosting;

/// <summary>
/// The process cannot start, for a reason that lies in its settings or files. The message says which and is shown to the
/// operator as it stands, without a stack trace.
/// </summary>
/// <param name="message">What is wrong, where, and what was expected.</param>
/// <param name="innerException">The cause, where there is one.</param>
internal sealed class StartupException(string message, Exception? innerException = null) : Exception(message, innerException);
