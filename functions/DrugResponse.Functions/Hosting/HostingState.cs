namespace DrugResponse.Functions.Hosting;

/// <summary>How this process was started.</summary>
/// <param name="Mode">Behind the Functions host, or standalone.</param>
/// <param name="LocalSettingsPath">
/// The local.settings.json that was read, if any. Always null behind the host, which reads it itself.
/// </param>
internal sealed record HostingState(HostingMode Mode, string? LocalSettingsPath);
