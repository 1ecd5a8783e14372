using System.Globalization;
using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives;

/// <summary>A model compiled to give all its result columns, of whatever type. Immutable; safe from any number of threads.</summary>
/// <remarks>
/// The result columns of a model with a predictor are predicted label, score and probability, and then what later
/// components make; those of a model without one are all columns that its components make or that it selects by name.
/// For scores alone <see cref="ModelScorer"/> is faster.
/// </remarks>
public sealed class OutputEvaluator
{
    private readonly RowProgram _program;
    private readonly ColumnSlots[] _places;

    internal OutputEvaluator(BoundModel model, RowProgram program)
    {
        _program = program;
        _places = [.. model.Outputs.Select(program.Find)];
        Outputs = [.. model.Outputs.Select(column => new ModelOutput(column.Name, column.Type.Item, column.Type.VectorLength, column.Type.KeyCardinality))];
        CellNames = [.. Outputs.SelectMany(NamesOf)];
    }

    /// <summary>The inputs that the results depend on.</summary>
    public IReadOnlyList<ModelInput> Inputs => _program.Inputs.Inputs;

    /// <summary>The result columns.</summary>
    public IReadOnlyList<ModelOutput> Outputs { get; }

    /// <summary>A name for every item of <see cref="Outputs"/>: the column's, or for a vector the column's, a dot and the slot.</summary>
    public IReadOnlyList<string> CellNames { get; }

    /// <summary>Makes an empty row for the inputs.</summary>
    public ModelRow CreateRow() => new(_program.Inputs);

    /// <summary>Evaluates a row and writes every item of the results as text, in the order of <see cref="CellNames"/>.</summary>
    /// <returns>
    /// Numbers as the shortest text that reads back to the same bits (<c>NaN</c>, <c>Infinity</c>, <c>-Infinity</c> as words), keys as raw
    /// numbers, Booleans as <c>true</c> or <c>false</c>, texts as they are.
    /// </returns>
    /// <exception cref="ArgumentException">The row was made by another evaluator.</exception>
    /// <exception cref="ModelInputException">An input without a missing value is not set, or a value lies outside what the model can take.</exception>
    public string[] Evaluate(ModelRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Layout != _program.Inputs)
            throw new ArgumentException("The row was made by another evaluator.", nameof(row));

        var state = _program.State;
        row.CopyTo(state);
        _program.Run(state);

        var cells = new string[CellNames.Count];
        var next = 0;
        for (var output = 0; output < _places.Length; output++)
        {
            for (var slot = 0; slot < _places[output].Length; slot++)
                cells[next++] = Text(state, Outputs[output], _places[output], slot);
        }

        return cells;
    }

    private static IEnumerable<string> NamesOf(ModelOutput output) => output.VectorLength is not { } length
        ? [output.Name]
        : Enumerable.Range(0, length).Select(slot => string.Create(CultureInfo.InvariantCulture, $"{output.Name}.{slot}"));

    private static string Text(RowState row, ModelOutput output, ColumnSlots place, int slot) => place.Kind switch
    {
        ValueKind.Single => place.Singles(row)[slot].ToString("R", CultureInfo.InvariantCulture),
        ValueKind.Double => place.Doubles(row)[slot].ToString("R", CultureInfo.InvariantCulture),
        ValueKind.Text => place.Texts(row)[slot],
        _ when output.ItemType == ColumnItemType.Boolean => place.Integers(row)[slot] != 0 ? "true" : "false",
        _ when output.ItemType == ColumnItemType.UInt64 => ((ulong)place.Integers(row)[slot]).ToString(CultureInfo.InvariantCulture),
        _ => place.Integers(row)[slot].ToString(CultureInfo.InvariantCulture),
    };
}
