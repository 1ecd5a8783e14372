namespace DrugResponse.Training.VirtualCohort;

/// <summary>
/// A stream of random numbers that is the same on every runtime (SplitMix64: Steele, Lea and Flood, OOPSLA 2014), so that a seed always
/// gives the same cohort. Not thread-safe.
/// </summary>
internal sealed class CohortRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A stream of its own for a part of the work, so that parts can be done in any order.</summary>
    /// <param name="seed">Seed of the whole.</param>
    /// <param name="part">Name of the part.</param>
    public static CohortRandom For(int seed, string part)
    {
        // FNV-1a: string hash codes differ from process to process.
        var hash = 14695981039346656037UL ^ (uint)seed;
        foreach (var letter in part)
            hash = (hash ^ letter) * 1099511628211UL;
        return new CohortRandom(hash * 1099511628211UL);
    }

    /// <summary>A number from 0 up to but not including 1.</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number from 0 up to but not including <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(Uniform() * count);

    /// <summary>Whether something of this chance happens.</summary>
    public bool Chance(double probability) => Uniform() < probability;

    /// <summary>A standard normal number.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>The numbers 0 to <paramref name="count"/> - 1 in random order.</summary>
    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            var j = Below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }

        return order;
    }

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
