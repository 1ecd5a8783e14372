namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>Where in the input a text stands; becomes a JSON pointer only when there is something to say about it.</summary>
/// <param name="Section">The part of the genotype, such as <c>diplotypes</c>.</param>
/// <param name="Key">The key within it.</param>
/// <param name="Index">The place in the key's list; -1 when the list has one entry.</param>
internal readonly record struct InputPath(string Section, string Key, int Index)
{
    public override string ToString()
    {
        var pointer = InterpretationLog.Pointer(Section, Key);
        return Index < 0 ? pointer : string.Create(null, $"{pointer}/{Index}");
    }
}
