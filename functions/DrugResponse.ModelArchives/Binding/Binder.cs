using System.Diagnostics.CodeAnalysis;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Loading;

namespace DrugResponse.ModelArchives.Binding;

/// <summary>Follows the columns through the chain of transforms, by name, and collects the steps.</summary>
internal sealed class Binder
{
    private readonly List<BoundColumn> _inputs = [];
    private readonly List<BoundColumn> _columns = [];
    private readonly Dictionary<string, BoundColumn> _visible = new(StringComparer.Ordinal);
    private readonly HashSet<string> _dropped = new(StringComparer.Ordinal);
    private readonly HashSet<string> _selected = new(StringComparer.Ordinal);
    private readonly List<BoundStep> _steps = [];
    private readonly ModelArchiveLimits _limits;
    private readonly bool _infersInputs;
    private readonly Dictionary<string, ColumnType> _hints = new(StringComparer.Ordinal);
    private long _slots;
    private int _columnCount;

    /// <param name="schema">The input columns; null if the archive does not state them, then they are inferred from use.</param>
    /// <param name="limits">Caps on the slots of all columns.</param>
    public Binder(IReadOnlyList<InputColumn>? schema, ModelArchiveLimits limits)
    {
        _limits = limits;
        _infersInputs = schema is null;

        // A column that a later one of the same name hides cannot be reached.
        foreach (var column in (schema ?? []).Reverse().DistinctBy(column => column.Name).Reverse())
            AddInput(column.Name, column.Type, column.KeyValues);
    }

    public IReadOnlyList<BoundColumn> Inputs => _inputs;

    public IReadOnlyList<BoundStep> Steps => _steps;

    /// <summary>The columns that can be seen now, in order.</summary>
    public IEnumerable<BoundColumn> Visible => _columns.Where(column => _visible.GetValueOrDefault(column.Name) == column);

    /// <summary>Names of the columns that a selection asked to keep.</summary>
    public IReadOnlySet<string> Selected => _selected;

    /// <summary>The prediction that came last, if there was any.</summary>
    public PredictionStep? Prediction { get; private set; }

    /// <summary>Position in <see cref="Steps"/> of the first prediction, or their number if there is none.</summary>
    public int FirstPredictionIndex => _steps.FindIndex(step => step is PredictionStep) is var index and >= 0 ? index : _steps.Count;

    /// <summary>States types for input columns that are not declared; used only when inputs are inferred.</summary>
    public void Hint(IEnumerable<SchemaColumn> columns)
    {
        foreach (var column in columns)
            _hints[column.Name] = column.Type;
    }

    public bool TryFind(string name, [NotNullWhen(true)] out BoundColumn? column) => _visible.TryGetValue(name, out column);

    /// <summary>The column a component reads.</summary>
    /// <param name="component">The component, for messages.</param>
    /// <param name="name">Name of the column.</param>
    /// <param name="implied">The type the component itself states for it; null if it takes several.</param>
    public BoundColumn Resolve(ComponentIdentity component, string name, ColumnType? implied = null) => Usable(component, Find(component, name, implied));

    /// <summary>A column that a component names but does not look into.</summary>
    /// <inheritdoc cref="Resolve"/>
    public BoundColumn Find(ComponentIdentity component, string name, ColumnType? implied = null)
    {
        if (_visible.TryGetValue(name, out var column))
            return column;
        if (!_infersInputs || _dropped.Contains(name))
            throw component.Mismatch($"a column '{name}' among the inputs or made by an earlier component", "no column of that name");

        var type = implied ?? (_hints.TryGetValue(name, out var hint) ? hint : ColumnType.Number);
        if (implied is { IsVector: false } && _hints.TryGetValue(name, out var shape) && shape.Item == implied.Value.Item)
            type = shape;

        return AddInput(name, type, null);
    }

    public void Add(BoundStep step)
    {
        _steps.Add(step);
        foreach (var output in step.Outputs)
            AddColumn(output);

        if (step is PredictionStep prediction)
            Prediction = prediction;
    }

    /// <summary>Refuses a column that would exceed the limits, before anything of its length is made.</summary>
    public void RequireSlots(string name, long slots)
    {
        if (_slots + slots > _limits.MaxSlots)
            throw new ModelArchiveLimitException("", 0, $"the slots of all columns up to '{name}'", _limits.MaxSlots, _slots + slots);
    }

    /// <summary>Leaves only the named columns, in the named order.</summary>
    public void Keep(IEnumerable<string> names)
    {
        var kept = names.Where(_visible.ContainsKey).Select(name => _visible[name]).Distinct().ToList();

        foreach (var column in _visible.Values.Except(kept))
            _dropped.Add(column.Name);
        _columns.Clear();
        _visible.Clear();
        _selected.Clear();

        foreach (var column in kept)
        {
            _columns.Add(column);
            _visible.Add(column.Name, column);
            _selected.Add(column.Name);
        }
    }

    public void Drop(string name)
    {
        _visible.Remove(name);
        _dropped.Add(name);
    }

    private static BoundColumn Usable(ComponentIdentity component, BoundColumn column)
    {
        if (column.Type.VectorLength == 0)
            throw component.Unsupported($"column '{column.Name}' is a vector of unknown length", "Give the column a fixed length when training.");
        if (column.Type.Item is ColumnItemType.DateTimeOffset or ColumnItemType.RowId)
            throw component.Unsupported($"column '{column.Name}' is of type {column.Type}", null);

        return column;
    }

    private BoundColumn AddInput(string name, ColumnType type, TypedValues? keyValues)
    {
        var column = new BoundColumn(name, type, SlotOrigins.Of(_inputs.Count)) { InputIndex = _inputs.Count, KeyValues = keyValues };
        _inputs.Add(column);
        AddColumn(column);

        return column;
    }

    private void AddColumn(BoundColumn column)
    {
        if (++_columnCount > _limits.MaxColumns)
            throw new ModelArchiveLimitException("", 0, $"the number of columns up to '{column.Name}'", _limits.MaxColumns, _columnCount);

        RequireSlots(column.Name, column.Type.Slots);
        _slots += column.Type.Slots;
        _columns.Add(column);
        _visible[column.Name] = column;
    }
}
