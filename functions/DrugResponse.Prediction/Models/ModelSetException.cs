namespace DrugResponse.Prediction.Models;

/// <summary>A set of models cannot be served. The message names the file or model and everything that is wrong with it.</summary>
public sealed class ModelSetException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="faults">What is wrong, one sentence each.</param>
    public ModelSetException(IReadOnlyList<string> faults)
        : base(string.Join(' ', faults)) => Faults = faults;

    /// <summary>What is wrong, one sentence each.</summary>
    public IReadOnlyList<string> Faults { get; }
}
