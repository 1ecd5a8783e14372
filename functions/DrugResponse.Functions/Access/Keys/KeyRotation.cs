using DrugResponse.Storage.Access;

namespace DrugResponse.Functions.Access.Keys;

/// <summary>What came of the wish to put a new key in the place of an old one.</summary>
internal abstract record KeyRotation
{
    private KeyRotation()
    {
    }

    /// <summary>There is a new key.</summary>
    /// <param name="Key">The key as it is kept.</param>
    /// <param name="Text">The only copy of its secret.</param>
    internal sealed record Done(ApiKey Key, ApiKeyText Text) : KeyRotation;

    /// <summary>There is no old key that is valid.</summary>
    internal sealed record Missing : KeyRotation;

    /// <summary>Another key has taken the old one's place already, or the old one was changed at the same time. No key was made.</summary>
    internal sealed record Replaced : KeyRotation;
}
