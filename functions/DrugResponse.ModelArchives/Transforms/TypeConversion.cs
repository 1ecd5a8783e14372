using System.Globalization;
using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Converts columns to other item types.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/Transforms/TypeConverting.cs</c>. Body: before version 1.3 i32 4; column pairs; per
/// column u8 type code, with bit 80h if the result is a key, and then from version 1.4 u64 cardinality, before u64 minimum (0),
/// u64 maximum (cardinality - 1), bool contiguous (1).
/// </remarks>
internal sealed class TypeConversion(ComponentIdentity identity, ColumnPair[] pairs, ColumnType[] targets) : Transform(identity)
{
    public static readonly ComponentFormat Format = new("ConvertTransform", "CONVERTF", (1, 4), (1, 3), (1, 2), ComponentFormat.DataAssembly)
    {
        Alternative = "ConvertFunction",
    };

    private const byte KeyFlag = 0x80;

    public static TypeConversion Read(ModelStream stream)
    {
        if (!stream.Version.IsAtLeast(1, 3))
            stream.Body.FloatSize();

        var pairs = stream.Pairs();

        return new TypeConversion(stream.Identity, pairs, Array.ConvertAll(pairs, _ => ReadTarget(stream)));
    }

    public override void Bind(Binder binder)
    {
        var inputs = Array.ConvertAll(pairs, pair => binder.Resolve(Identity, pair.Input));

        for (var index = 0; index < pairs.Length; index++)
            binder.Add(Step(inputs[index], pairs[index].Output, targets[index]));
    }

    private static ColumnType ReadTarget(ModelStream stream)
    {
        var body = stream.Body;
        var start = body.Position;
        var code = body.Byte("the type of a column");
        var item = (ColumnItemType)(code & ~KeyFlag);
        var cardinality = (code & KeyFlag) == 0 ? 0UL : stream.Version.IsAtLeast(1, 4) ? body.UInt64("the cardinality of a key") : ReadOldCardinality(body);

        if (item is < ColumnItemType.SByte or > ColumnItemType.RowId || (cardinality == 0 && (code & KeyFlag) != 0))
            throw body.MalformedAt(start, "a type code from 1 to 16, and a key cardinality above 0", $"code {code}");

        return new ColumnType(item, KeyCardinality: cardinality);
    }

    private static ulong ReadOldCardinality(EntryReader body)
    {
        var start = body.Position;
        var minimum = body.UInt64("the minimum of a key");
        var maximum = body.UInt64("the maximum of a key");
        var isContiguous = body.Boolean("the contiguity of a key");

        return minimum == 0 && isContiguous && maximum != ulong.MaxValue
            ? maximum + 1
            : throw body.MalformedAt(start, "a contiguous key from 0", $"minimum {minimum}, maximum {maximum}, contiguous {isContiguous}");
    }

    private SlotMapStep Step(BoundColumn input, string name, ColumnType target)
    {
        var from = input.Type with { VectorLength = null };

        // A key stays a key of the same cardinality in the new integer type.
        if (from.IsKey && !target.IsKey && IsUnsigned(target.Item))
            target = target with { KeyCardinality = from.KeyCardinality };

        var output = new BoundColumn(name, target with { VectorLength = input.Type.VectorLength }, input.Origins)
        {
            MayBeSparse = input.MayBeSparse,
            KeyValues = target.IsKey && from.IsKey ? input.KeyValues : null,
        };

        return (from.IsKey, target.IsKey) switch
        {
            (true, true) when from.KeyCardinality == target.KeyCardinality => Map<long, long>(input, output, value => value),
            (false, true) when from.Item == ColumnItemType.Text => Map<string, long>(
                input, output, value => (long)TextConversion.ToKey(value, target.KeyCardinality), MissingFlow.Spoils),
            (false, false) => FromPlain(input, output, from.Item, target.Item),
            _ => throw Impossible(input, output.Type),
        };
    }

    private SlotMapStep FromPlain(BoundColumn input, BoundColumn output, ColumnItemType from, ColumnItemType to) => from switch
    {
        _ when from == to => Unchanged(input, output),
        ColumnItemType.Single => FromSingle(input, output, to),
        ColumnItemType.Double => FromDouble(input, output, to),
        ColumnItemType.Text => FromText(input, output, to),
        ColumnItemType.Boolean => FromBoolean(input, output, to),
        _ when IsSigned(from) || IsUnsigned(from) => FromInteger(input, output, from, to),
        _ => throw Impossible(input, output.Type),
    };

    private SlotMapStep Unchanged(BoundColumn input, BoundColumn output) => input.Type.Item switch
    {
        ColumnItemType.Single => Map<float, float>(input, output, value => value),
        ColumnItemType.Double => Map<double, double>(input, output, value => value),
        ColumnItemType.Text => Map<string, string>(input, output, value => value),
        _ => Map<long, long>(input, output, value => value),
    };

    private SlotMapStep FromSingle(BoundColumn input, BoundColumn output, ColumnItemType to) => to switch
    {
        ColumnItemType.Double => Map<float, double>(input, output, value => value),
        ColumnItemType.Boolean => Map<float, long>(input, output, value => value != 0 ? 1 : 0, MissingFlow.Spoils),
        ColumnItemType.Text => MapApart<float, string>(input, output, TextConversion.ToText),
        _ => throw Impossible(input, output.Type),
    };

    private SlotMapStep FromDouble(BoundColumn input, BoundColumn output, ColumnItemType to) => to switch
    {
        ColumnItemType.Single => Map<double, float>(input, output, value => (float)value),
        ColumnItemType.Boolean => Map<double, long>(input, output, value => value != 0 ? 1 : 0, MissingFlow.Spoils),
        ColumnItemType.Text => MapApart<double, string>(input, output, TextConversion.ToText),
        _ => throw Impossible(input, output.Type),
    };

    private SlotMapStep FromBoolean(BoundColumn input, BoundColumn output, ColumnItemType to) => to switch
    {
        ColumnItemType.Single => Map<long, float>(input, output, value => value),
        ColumnItemType.Double => Map<long, double>(input, output, value => value),
        ColumnItemType.Text => MapApart<long, string>(input, output, value => value != 0 ? "True" : "False"),
        _ when IsSigned(to) => Map<long, long>(input, output, value => value),
        _ => throw Impossible(input, output.Type),
    };

    private SlotMapStep FromText(BoundColumn input, BoundColumn output, ColumnItemType to)
    {
        var (lowest, highest) = Range(to);

        return to switch
        {
            ColumnItemType.Single => Map<string, float>(input, output, TextConversion.ToSingle, MissingFlow.Spoils),
            ColumnItemType.Double => Map<string, double>(input, output, TextConversion.ToDouble, MissingFlow.Spoils),
            ColumnItemType.Boolean => Map<string, long>(input, output, value => TextConversion.ToBoolean(value) ? 1 : 0, MissingFlow.Spoils),
            _ when IsUnsigned(to) => Map<string, long>(input, output, value => (long)TextConversion.ToUnsigned(value, highest), MissingFlow.Spoils),
            _ when IsSigned(to) => Map<string, long>(input, output, value => TextConversion.ToSigned(value, lowest, (long)highest), MissingFlow.Spoils),
            _ => throw Impossible(input, output.Type),
        };
    }

    private SlotMapStep FromInteger(BoundColumn input, BoundColumn output, ColumnItemType from, ColumnItemType to)
    {
        var isUnsigned64 = from == ColumnItemType.UInt64;
        var limit = Range(to).Highest;

        return to switch
        {
            ColumnItemType.Single => isUnsigned64 ? Map<long, float>(input, output, value => (ulong)value) : Map<long, float>(input, output, value => value),
            ColumnItemType.Double => isUnsigned64 ? Map<long, double>(input, output, value => (ulong)value) : Map<long, double>(input, output, value => value),
            ColumnItemType.Boolean => Map<long, long>(input, output, value => value != 0 ? 1 : 0),
            ColumnItemType.Text => isUnsigned64
                ? MapApart<long, string>(input, output, value => ((ulong)value).ToString(CultureInfo.InvariantCulture))
                : MapApart<long, string>(input, output, value => value.ToString(CultureInfo.InvariantCulture)),
            _ when IsUnsigned(from) && IsUnsigned(to) => Map<long, long>(input, output, value => (ulong)value <= limit ? value : 0),
            _ when IsSigned(from) && IsSigned(to) => Map<long, long>(input, output, Wrap(to)),
            _ => throw Impossible(input, output.Type),
        };
    }

    private static Func<long, long> Wrap(ColumnItemType to) => to switch
    {
        ColumnItemType.SByte => value => unchecked((sbyte)value),
        ColumnItemType.Int16 => value => unchecked((short)value),
        ColumnItemType.Int32 => value => unchecked((int)value),
        _ => value => value,
    };

    private static bool IsSigned(ColumnItemType item) => item is ColumnItemType.SByte or ColumnItemType.Int16 or ColumnItemType.Int32 or ColumnItemType.Int64;

    private static bool IsUnsigned(ColumnItemType item) => item is ColumnItemType.Byte or ColumnItemType.UInt16 or ColumnItemType.UInt32 or ColumnItemType.UInt64;

    private static (long Lowest, ulong Highest) Range(ColumnItemType item) => item switch
    {
        ColumnItemType.SByte => (sbyte.MinValue, (ulong)sbyte.MaxValue),
        ColumnItemType.Byte => (0, byte.MaxValue),
        ColumnItemType.Int16 => (short.MinValue, (ulong)short.MaxValue),
        ColumnItemType.UInt16 => (0, ushort.MaxValue),
        ColumnItemType.Int32 => (int.MinValue, int.MaxValue),
        ColumnItemType.UInt32 => (0, uint.MaxValue),
        ColumnItemType.Int64 => (long.MinValue, long.MaxValue),
        _ => (0, ulong.MaxValue),
    };

    private SlotMapStep Map<TFrom, TTo>(BoundColumn input, BoundColumn output, Func<TFrom, TTo> convert, MissingFlow missing = MissingFlow.PassedOn) =>
        SlotMapStep.Of<TFrom, TTo>(Identity, input, output, (_, value) => convert(value), missing);

    private SlotMapStep MapApart<TFrom, TTo>(BoundColumn input, BoundColumn output, Func<TFrom, TTo> convert) =>
        SlotMapStep.Of<TFrom, TTo>(Identity, input, output, (_, value) => convert(value), MissingFlow.PassedOn, ImplicitSlots.StayApart);

    private ModelArchiveFormatException Impossible(BoundColumn input, ColumnType target) =>
        Identity.Mismatch($"column '{input.Name}' of a type that converts to {target}", input.Type.ToString());
}
