namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>Takes a text apart at a separator, without allocating.</summary>
internal ref struct TextSplitter(ReadOnlySpan<char> text, char separator)
{
    private ReadOnlySpan<char> _rest = text;
    private bool _isDone;

    public ReadOnlySpan<char> Current { get; private set; }

    public bool Next()
    {
        if (_isDone)
            return false;

        var end = _rest.IndexOf(separator);
        _isDone = end < 0;
        Current = _isDone ? _rest : _rest[..end];
        _rest = _isDone ? default : _rest[(end + 1)..];
        return true;
    }
}
