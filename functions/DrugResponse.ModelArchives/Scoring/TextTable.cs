namespace DrugResponse.ModelArchives.Scoring;

/// <summary>Finds the position of a text in a fixed list: open addressing over flat arrays.</summary>
internal sealed class TextTable
{
    private readonly string[] _texts;
    private readonly int[] _places;
    private readonly int[] _hashes;

    public TextTable(IReadOnlyList<string> texts)
    {
        _texts = [.. texts];
        _places = new int[TableSize.For(texts.Count)];
        _hashes = new int[texts.Count];

        for (var index = 0; index < _texts.Length; index++)
        {
            _hashes[index] = Hash(_texts[index]);
            var place = _hashes[index] & (_places.Length - 1);
            while (_places[place] != 0)
                place = (place + 1) & (_places.Length - 1);
            _places[place] = index + 1;
        }
    }

    /// <summary>The 1-based position of the first equal text, or 0.</summary>
    public int Find(string text)
    {
        var hash = Hash(text);

        for (var place = hash & (_places.Length - 1); _places[place] is var found and not 0; place = (place + 1) & (_places.Length - 1))
        {
            if (_hashes[found - 1] == hash && string.Equals(_texts[found - 1], text, StringComparison.Ordinal))
                return found;
        }

        return 0;
    }

    // The runtime's text hash is seeded per process, so that an archive cannot be made to collide.
    private static int Hash(string text) => string.GetHashCode(text, StringComparison.Ordinal);
}
