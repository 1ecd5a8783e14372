namespace DrugResponse.Contracts.Documentation;

/// <summary>
/// The words that stand for a text today, for the API's description. Unlike allowed values the list is not closed: later versions of the
/// service may say others, which a program must be able to pass over.
/// </summary>
/// <param name="holder">The type whose public constants are the words.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WordsAttribute(Type holder) : Attribute
{
    /// <summary>The type whose public constants are the words.</summary>
    public Type Holder { get; } = holder;
}
