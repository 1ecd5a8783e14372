namespace DrugResponse.Client;

/// <summary>Something failed that may pass, and is about to be tried again.</summary>
/// <param name="Fault">What failed, as a sentence without patient data and credentials: <c>The service answers 503.</c></param>
/// <param name="Pause">How long is waited first.</param>
public sealed record RetryNotice(string Fault, TimeSpan Pause);
