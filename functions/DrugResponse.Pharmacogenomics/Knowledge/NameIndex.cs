namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>
/// Numbers names: finds the number of a name without making a string of it. Not generic over the value, so that nothing has to be compiled
/// when tables are read at start. Names are only added while tables are read; after that it is safe to share between threads.
/// </summary>
internal sealed class NameIndex(bool ignoreCase, int capacity = 16)
{
    /// <summary>The number of a name that is not there.</summary>
    public const int NotFound = -1;

    private string[] _names = new string[Math.Max(capacity, 4)];
    private int[] _hashes = new int[Math.Max(capacity, 4)];
    private int[] _next = new int[Math.Max(capacity, 4)];
    private int[] _heads = NewHeads(Math.Max(capacity, 4));

    public int Count { get; private set; }

    public string this[int number] => _names[number];

    public int Find(ReadOnlySpan<char> name)
    {
        var hash = HashOf(name);
        for (var i = _heads[hash & (_heads.Length - 1)]; i != NotFound; i = _next[i])
        {
            if (_hashes[i] == hash && AreEqual(_names[i], name))
                return i;
        }

        return NotFound;
    }

    /// <summary>Adds a name.</summary>
    /// <returns>Its number: 0 for the first one, then counting up; or <see cref="NotFound"/> when it is there already.</returns>
    public int Add(string name)
    {
        if (Find(name) != NotFound)
            return NotFound;
        if (Count == _names.Length)
            Grow();

        var number = Count++;
        _names[number] = name;
        _hashes[number] = HashOf(name);
        Link(number);
        return number;
    }

    private bool AreEqual(string known, ReadOnlySpan<char> name) =>
        name.Equals(known, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private void Grow()
    {
        var size = _names.Length * 2;
        Array.Resize(ref _names, size);
        Array.Resize(ref _hashes, size);
        Array.Resize(ref _next, size);
        _heads = NewHeads(size);
        for (var i = 0; i < Count; i++)
            Link(i);
    }

    private void Link(int number)
    {
        ref var head = ref _heads[_hashes[number] & (_heads.Length - 1)];
        _next[number] = head;
        head = number;
    }

    private static int[] NewHeads(int capacity)
    {
        var size = 4;
        while (size < capacity)
            size *= 2;

        var heads = new int[size];
        Array.Fill(heads, NotFound);
        return heads;
    }

    /// <summary>FNV-1a, over lower-case ASCII where case is ignored.</summary>
    private int HashOf(ReadOnlySpan<char> name)
    {
        var hash = 2166136261u;
        foreach (var c in name)
        {
            var folded = ignoreCase && c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;

            // Other letters fold too when case is ignored, so they must not tell equal names apart.
            hash = (hash ^ (ignoreCase && c > 127 ? 127u : folded)) * 16777619u;
        }

        return (int)(hash ^ (hash >> 15));
    }
}
