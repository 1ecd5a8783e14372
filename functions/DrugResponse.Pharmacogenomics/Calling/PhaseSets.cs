namespace DrugResponse.Pharmacogenomics.Calling;

/// <summary>The phase sets of a sample, each of which can lie in two orientations against a pair of alleles.</summary>
internal sealed class PhaseSets
{
    private readonly List<int> _sets = [];
    private readonly (bool Straight, bool Crossed, int StraightScore, int CrossedScore)[] _states;

    public PhaseSets(ReadOnlySpan<PositionCall> calls)
    {
        foreach (var call in calls)
        {
            if (call.IsCalled && call.PhaseSet != PositionCall.Unphased && !_sets.Contains(call.PhaseSet))
                _sets.Add(call.PhaseSet);
        }

        _states = new (bool, bool, int, int)[_sets.Count];
    }

    /// <summary>Begins with a new pair: everything is allowed.</summary>
    public void Reset() => Array.Fill(_states, (true, true, 0, 0));

    /// <summary>Takes in what one position of a set allows.</summary>
    public void Allow(int set, bool straight, bool crossed, int straightScore, int crossedScore)
    {
        ref var state = ref _states[_sets.IndexOf(set)];
        state = (
            state.Straight && straight,
            state.Crossed && crossed,
            state.StraightScore + straightScore,
            state.CrossedScore + crossedScore);
    }

    /// <summary>The best sum over all sets; null when some set allows no orientation.</summary>
    public int? BestScore()
    {
        var sum = 0;
        foreach (var (straight, crossed, straightScore, crossedScore) in _states)
        {
            if (!straight && !crossed)
                return null;

            sum += Math.Max(straight ? straightScore : 0, crossed ? crossedScore : 0);
        }

        return sum;
    }
}
