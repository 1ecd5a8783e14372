namespace DrugResponse.ModelArchives.Scoring;

/// <summary>Finds the position of a 64-bit number in a fixed list: open addressing over flat arrays.</summary>
internal sealed class NumberTable
{
    private readonly long[] _numbers;
    private readonly int[] _places;
    private readonly ulong _seed = (ulong)HashCode.Combine(0) << 1 | 1;

    public NumberTable(ReadOnlySpan<long> numbers)
    {
        _numbers = numbers.ToArray();
        _places = new int[TableSize.For(numbers.Length)];

        for (var index = 0; index < _numbers.Length; index++)
        {
            var place = Place(_numbers[index]);
            while (_places[place] != 0)
                place = (place + 1) & (_places.Length - 1);
            _places[place] = index + 1;
        }
    }

    /// <summary>The 1-based position of the first equal number, or 0.</summary>
    public int Find(long number)
    {
        for (var place = Place(number); _places[place] is var found and not 0; place = (place + 1) & (_places.Length - 1))
        {
            if (_numbers[found - 1] == number)
                return found;
        }

        return 0;
    }

    // HashCode is seeded per process, so that an archive cannot be made to collide.
    private int Place(long number)
    {
        var mixed = ((ulong)number ^ _seed) * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 32)) * (_seed | 1);

        return (int)(mixed >> 40) & (_places.Length - 1);
    }
}
