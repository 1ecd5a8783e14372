using System.Globalization;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives;

/// <summary>The input values of one row, for models whose inputs are not all of type Single.</summary>
/// <remarks>
/// Made by the scorer it is for. Numbers start as NaN, keys as 0 and texts as empty, which mean missing; integers and
/// Booleans have no missing value and must be set. A row can be filled and evaluated again and again; it serves one
/// thread at a time.
/// </remarks>
public sealed class ModelRow
{
    private readonly float[] _singles;
    private readonly double[] _doubles;
    private readonly long[] _integers;
    private readonly string[] _texts;
    private readonly bool[] _isSet;
    private int _unset;

    internal ModelRow(InputLayout layout)
    {
        Layout = layout;
        _singles = new float[layout.Singles];
        _doubles = new double[layout.Doubles];
        _integers = new long[layout.Integers];
        _texts = new string[layout.Texts];
        _isSet = new bool[layout.Integers];
        Clear();
    }

    /// <summary>The inputs, in the order that the setters number them.</summary>
    public IReadOnlyList<ModelInput> Inputs => Layout.Inputs;

    internal InputLayout Layout { get; }

    /// <summary>Makes every value missing again.</summary>
    public void Clear()
    {
        Array.Fill(_singles, float.NaN);
        Array.Fill(_doubles, double.NaN);
        Array.Clear(_integers);
        Array.Fill(_texts, "");
        Array.Clear(_isSet);
        _unset = 0;

        for (var input = 0; input < Inputs.Count; input++)
        {
            if (Layout.Places[input] is { Kind: ValueKind.Integer } place)
            {
                var isKey = Inputs[input].KeyCardinality != 0;
                _isSet.AsSpan(place.Offset, place.Length).Fill(isKey);
                _unset += isKey ? 0 : place.Length;
            }
        }
    }

    /// <summary>Position of the input of a name.</summary>
    /// <exception cref="ArgumentException">The model uses no input of that name.</exception>
    public int IndexOf(string name)
    {
        for (var input = 0; input < Inputs.Count; input++)
        {
            if (string.Equals(Inputs[input].Name, name, StringComparison.Ordinal))
                return input;
        }

        throw new ArgumentException($"The model uses no input '{name}'.", nameof(name));
    }

    /// <summary>Sets an item of a column of Single.</summary>
    /// <param name="input">Position of the column in <see cref="Inputs"/>.</param>
    /// <param name="value">The value; NaN means missing.</param>
    /// <param name="slot">Slot of a vector; 0 for a single item.</param>
    /// <exception cref="ArgumentException">The column is of another type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column or slot.</exception>
    public void SetSingle(int input, float value, int slot = 0) => _singles[Find(input, slot, ValueKind.Single)] = value;

    /// <summary>Sets an item of a column of Double.</summary>
    /// <inheritdoc cref="SetSingle"/>
    public void SetDouble(int input, double value, int slot = 0) => _doubles[Find(input, slot, ValueKind.Double)] = value;

    /// <summary>Sets an item of a column of text.</summary>
    /// <inheritdoc cref="SetSingle"/>
    public void SetText(int input, string value, int slot = 0)
    {
        ArgumentNullException.ThrowIfNull(value);
        _texts[Find(input, slot, ValueKind.Text)] = value;
    }

    /// <summary>Sets an item of a column of Boolean.</summary>
    /// <inheritdoc cref="SetSingle"/>
    public void SetBoolean(int input, bool value, int slot = 0) => Set(Find(input, slot, ValueKind.Integer, ColumnItemType.Boolean), value ? 1 : 0);

    /// <summary>Sets an item of a column of integers of any width, of times (in ticks), or of keys (the raw number, 0 meaning missing).</summary>
    /// <param name="input">Position of the column in <see cref="Inputs"/>.</param>
    /// <param name="value">The value, which must be in the range of the column's type; a UInt64 as its bits.</param>
    /// <param name="slot">Slot of a vector; 0 for a single item.</param>
    /// <exception cref="ArgumentException">The column is of another type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column or slot, or its type cannot hold the value.</exception>
    public void SetInteger(int input, long value, int slot = 0)
    {
        var position = Find(input, slot, ValueKind.Integer);
        RequireRange(Inputs[input], value);
        Set(position, value);
    }

    /// <summary>Sets an item from text: numbers in invariant form, <c>true</c> or <c>false</c>; empty means missing.</summary>
    /// <param name="input">Position of the column in <see cref="Inputs"/>.</param>
    /// <param name="text">The value. <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> are numbers; a text column takes it as it is.</param>
    /// <param name="slot">Slot of a vector; 0 for a single item.</param>
    /// <exception cref="FormatException">The text is no value of the column's type, or is empty and the type has no missing value.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column or slot, or its type cannot hold the value.</exception>
    public void SetFromText(int input, string text, int slot = 0)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegative(input);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(input, Inputs.Count);

        switch (Layout.Places[input].Kind)
        {
            case ValueKind.Single:
                SetSingle(input, text.Length == 0 ? float.NaN : float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), slot);
                break;
            case ValueKind.Double:
                SetDouble(input, text.Length == 0 ? double.NaN : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), slot);
                break;
            case ValueKind.Text:
                SetText(input, text, slot);
                break;
            default:
                SetInteger(input, ParseInteger(Inputs[input], text), slot);
                break;
        }
    }

    private static long ParseInteger(ModelInput input, string text)
    {
        if (text.Length == 0 && input.KeyCardinality != 0)
            return 0;
        if (input.ItemType == ColumnItemType.Boolean)
            return bool.Parse(text) ? 1 : 0;

        return input.ItemType == ColumnItemType.UInt64
            ? (long)ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
            : long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    internal void CopyTo(RowState row)
    {
        if (_unset != 0)
            throw new ModelInputException($"{DescribeUnset()} must be set: integers and Booleans have no missing value.");

        _singles.AsSpan().CopyTo(row.Singles);
        _doubles.AsSpan().CopyTo(row.Doubles);
        _integers.AsSpan().CopyTo(row.Integers);
        _texts.AsSpan().CopyTo(row.Texts);
    }

    internal static void RequireRange(ModelInput input, long value)
    {
        var isInRange = input.ItemType switch
        {
            _ when input.KeyCardinality != 0 => (ulong)value <= input.KeyCardinality,
            ColumnItemType.SByte => value is >= sbyte.MinValue and <= sbyte.MaxValue,
            ColumnItemType.Byte => value is >= byte.MinValue and <= byte.MaxValue,
            ColumnItemType.Int16 => value is >= short.MinValue and <= short.MaxValue,
            ColumnItemType.UInt16 => value is >= ushort.MinValue and <= ushort.MaxValue,
            ColumnItemType.Int32 => value is >= int.MinValue and <= int.MaxValue,
            ColumnItemType.UInt32 => value is >= uint.MinValue and <= uint.MaxValue,
            ColumnItemType.Boolean => value is 0 or 1,
            _ => true,
        };

        if (!isInRange)
            throw new ArgumentOutOfRangeException(nameof(value), value, $"Input '{input.Name}' of type {input.ItemType} cannot hold the value.");
    }

    private void Set(int position, long value)
    {
        _integers[position] = value;
        if (!_isSet[position])
        {
            _isSet[position] = true;
            _unset--;
        }
    }

    private int Find(int input, int slot, ValueKind kind, ColumnItemType? item = null)
    {
        var position = Layout.ItemPosition(input, slot, kind);
        if (item is not null && Inputs[input].ItemType != item)
            throw new ArgumentException($"Input '{Inputs[input].Name}' is of type {Inputs[input].ItemType}.", nameof(input));

        return position;
    }

    private string DescribeUnset()
    {
        var names = Inputs.Where((_, input) => Layout.Places[input] is { Kind: ValueKind.Integer } place && _isSet.AsSpan(place.Offset, place.Length).Contains(false));

        return $"Inputs {string.Join(", ", names.Select(input => $"'{input.Name}'"))}";
    }
}
