namespace DrugResponse.Storage.Protection;

/// <summary>
/// Content is encrypted under a master key that this process does not have. That need be no damage: another process, whose settings are newer,
/// may have it. It is the cause within an <see cref="InvalidDataException"/>, of which no class can be derived.
/// </summary>
/// <param name="version">The version of the master key, as it stands in the envelope, where it may be damaged itself.</param>
public sealed class MasterKeyMissingException(int version) : Exception($"Version {version} of the master key is not configured.")
{
    /// <summary>Whether an exception says so.</summary>
    /// <param name="exception">What <see cref="EnvelopeCipher.Open"/> threw.</param>
    public static bool IsCauseOf(Exception exception) => exception.InnerException is MasterKeyMissingException;
}
