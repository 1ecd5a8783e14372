using DrugResponse.ModelArchives.Binding;

namespace DrugResponse.ModelArchives.Scoring;

/// <summary>Assigns every column that is needed its place in <see cref="RowState"/>.</summary>
internal sealed class RowLayout
{
    /// <summary>Vectors longer than this are tracked whether or not their form matters: clearing them in full for every row would cost more.</summary>
    private const int LongVector = 64;

    private readonly Dictionary<BoundColumn, ColumnSlots> _places = [];
    private readonly int[] _sizes = new int[4];
    private int _forms;
    private int _indices;

    /// <summary>The place of a column, or null if the result does not depend on it.</summary>
    public ColumnSlots? TryFind(BoundColumn column) => _places.TryGetValue(column, out var slots) ? slots : null;

    public ColumnSlots Find(BoundColumn column) => _places[column];

    /// <summary>
    /// The place of a predictor's feature column; empty if it takes none. A predictor that looks at no feature, such as a constant,
    /// gets zeros, since nothing makes the column.
    /// </summary>
    public ColumnSlots FindFeatures(IReadOnlyList<BoundColumn> inputs) =>
        inputs.Count == 0 ? new ColumnSlots(ValueKind.Single, 0, 0, -1, 0) : Place(inputs[0], formMatters: false);

    /// <param name="column">The column.</param>
    /// <param name="formMatters">Whether something that reads it treats dense and sparse vectors differently.</param>
    public ColumnSlots Place(BoundColumn column, bool formMatters)
    {
        if (_places.TryGetValue(column, out var existing))
            return existing;

        var kind = ColumnSlots.KindOf(column.Type);
        var length = column.Type.Slots;
        var isTracked = column.MayBeSparse && (formMatters || length > LongVector);
        var slots = new ColumnSlots(kind, _sizes[(int)kind], length, isTracked ? _forms++ : -1, _indices);

        _sizes[(int)kind] += length;
        if (isTracked)
            _indices += length;
        _places.Add(column, slots);

        return slots;
    }

    public RowState NewState() => new(
        _sizes[(int)ValueKind.Single], _sizes[(int)ValueKind.Double], _sizes[(int)ValueKind.Integer], _sizes[(int)ValueKind.Text], _forms, _indices);
}
