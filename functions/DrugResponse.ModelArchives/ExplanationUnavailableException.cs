namespace DrugResponse.ModelArchives;

/// <summary>The score of a model cannot be split into contributions of its inputs; the message says why.</summary>
public sealed class ExplanationUnavailableException : Exception
{
    internal ExplanationUnavailableException(string reason)
        : base(reason)
    {
    }
}
