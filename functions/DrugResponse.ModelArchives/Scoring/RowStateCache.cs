using System.Runtime.CompilerServices;

namespace DrugResponse.ModelArchives.Scoring;

/// <summary>Keeps, per thread, the states of the few models that the thread evaluated last, so that a prediction allocates nothing.</summary>
/// <remarks>Two models that share a place push each other out, which costs an allocation and nothing else.</remarks>
internal sealed class RowStateCache
{
    private const int Places = 16;

    [ThreadStatic]
    private static (object? Owner, RowState? State)[]? t_states;

    /// <summary>Stands for the model in the cache, so that a thread's cache does not keep the model itself alive.</summary>
    private readonly object _owner = new();
    private readonly Func<RowState> _create;
    private readonly int _place;

    public RowStateCache(Func<RowState> create)
    {
        _create = create;
        _place = RuntimeHelpers.GetHashCode(_owner) % Places;
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
