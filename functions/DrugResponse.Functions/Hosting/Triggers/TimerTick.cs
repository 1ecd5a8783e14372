namespace DrugResponse.Functions.Hosting.Triggers;

/// <summary>One occurrence of a timer trigger.</summary>
/// <param name="IsPastDue">True when an occurrence was missed and is made up for now.</param>
/// <param name="InvocationId">The Functions host's id of this invocation, for correlation with its logs.</param>
internal sealed record TimerTick(bool IsPastDue, string? InvocationId);
