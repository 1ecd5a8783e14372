namespace DrugResponse.ModelArchives.Scoring;

/// <summary>Keeps, per thread, the states of the models that the thread evaluated last, so that a prediction allocates nothing.</summary>
/// <remarks>
/// At most <see cref="Places"/> states a thread, of a few kilobytes each. Models are given places in turn, so that as many as were made one
/// after the other do not meet; two that share a place push each other out, which costs an allocation and nothing else.
/// </remarks>
internal sealed class RowStateCache
{
    private const int Places = 512;

    private static int s_made;

    [ThreadStatic]
    private static (object? Owner, RowState? State)[]? t_states;

    /// <summary>Stands for the model in the cache, so that a thread's cache does not keep the model itself alive.</summary>
    private readonly object _owner = new();
    private readonly Func<RowState> _create;
    private readonly int _place;

    public RowStateCache(Func<RowState> create)
    {
        _create = create;
        _place = (int)((uint)Interlocked.Increment(ref s_made) % Places);
    }

    public RowState Current
    {
        get
        {
            ref var place = ref (t_states ??= new (object?, RowState?)[Places])[_place];
            if (place.Owner != _owner)
                place = (_owner, _create());

            return place.State!;
        }
    }
}
