namespace DrugResponse.Training.Registry;

/// <summary>A command on a registry cannot be carried out; the message says why, and nothing was changed that readers see.</summary>
internal sealed class RegistryCommandException : Exception
{
    /// <param name="faults">What is wrong, one sentence each.</param>
    public RegistryCommandException(params IReadOnlyList<string> faults)
        : base(string.Join(Environment.NewLine, faults))
    {
    }
}
