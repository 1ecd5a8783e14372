namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>Gives equal texts the same string while tables are read. Not safe to share between threads.</summary>
internal sealed class StringPool
{
    private readonly NameIndex _strings = new(ignoreCase: false, capacity: 1024);

    public string Get(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return "";

        var known = _strings.Find(text);
        return _strings[known != NameIndex.NotFound ? known : _strings.Add(text.ToString())];
    }
}
