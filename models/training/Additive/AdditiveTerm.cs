namespace DrugResponse.Training.Additive;

/// <summary>
/// How one feature enters an additive model: as a step function over ordered bins, with a level of its own for values that are
/// missing. Penalties are in units of rows: a penalty of 30 pulls as hard as thirty rows.
/// </summary>
internal sealed record AdditiveTerm
{
    /// <summary>Name of the feature in the catalogue.</summary>
    public required string Feature { get; init; }

    /// <summary>Ascending cut points: bin k holds the values in (cut k-1, cut k]; the last bin has no upper end.</summary>
    public required float[] Cuts { get; init; }

    /// <summary>Penalty on the squared differences between neighbouring bins.</summary>
    public required double StepPenalty { get; init; }

    /// <summary>Penalty on the squared second differences: the larger, the closer to a straight line.</summary>
    public double CurvaturePenalty { get; init; }

    /// <summary>Penalty that draws the level of missing values to the average patient's.</summary>
    public double MissingPenalty { get; init; } = 30;

    /// <summary>Which way the effect may go as the feature rises.</summary>
    public Direction Direction { get; init; }

    /// <summary>The bin of a value: 0 for a missing one, then the bins in order.</summary>
    public int BinOf(float value)
    {
        if (float.IsNaN(value))
            return 0;

        var at = Array.BinarySearch(Cuts, value);
        return 1 + (at >= 0 ? at : ~at);
    }

    /// <summary>A flag: 0 or 1.</summary>
    public static AdditiveTerm Flag(string feature, double penalty, Direction direction = Direction.Free) =>
        new() { Feature = feature, Cuts = [0.5f], StepPenalty = penalty, Direction = direction };

    /// <summary>A quantity with few levels, each with its own effect.</summary>
    public static AdditiveTerm Levels(string feature, float[] levels, Direction direction, double penalty = 1) => new()
    {
        Feature = feature,
        Cuts = [.. levels.Zip(levels.Skip(1), static (low, high) => (low + high) / 2)],
        StepPenalty = penalty,
        Direction = direction,
    };

    /// <summary>A smooth curve over bins of equal width from <paramref name="from"/> to <paramref name="to"/>.</summary>
    public static AdditiveTerm Smooth(
        string feature, double from, double to, double width, double curvaturePenalty, Direction direction = Direction.Free) => new()
        {
            Feature = feature,
            Cuts = [.. Enumerable.Range(0, (int)Math.Round((to - from) / width) + 1).Select(k => (float)(from + k * width))],
            StepPenalty = 0.02,
            CurvaturePenalty = curvaturePenalty,
            Direction = direction,
        };
}

/// <summary>Sign that an effect may have.</summary>
internal enum Direction
{
    /// <summary>Any.</summary>
    Free,

    /// <summary>Never falling.</summary>
    Rising,

    /// <summary>Never rising.</summary>
    Falling,
}
