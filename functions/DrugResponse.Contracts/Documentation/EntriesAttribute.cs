namespace DrugResponse.Contracts.Documentation;

/// <summary>How many elements a list, or members a map, of a request may have, for the API's description.</summary>
/// <param name="most">The most that are accepted.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EntriesAttribute(int most) : Attribute
{
    /// <summary>The most that are accepted.</summary>
    public int Most { get; } = most;

    /// <summary>The fewest that are accepted.</summary>
    public int Least { get; init; }
}
