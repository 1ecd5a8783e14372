namespace DrugResponse.ModelArchives.Format;

/// <summary>Reads blocks of encoded values.</summary>
/// <remarks>Source: ML.NET <c>src/Microsoft.ML.Data/DataLoadSave/Binary/Codecs.cs</c>.</remarks>
internal static class ValueBlock
{
    /// <summary>Reads <paramref name="count"/> scalar values.</summary>
    public static TypedValues Read(EntryReader reader, Codec codec, int count)
    {
        var type = codec.Type;
        var start = reader.Position;

        if (type.IsVector)
            throw reader.MalformedAt(start, "a scalar codec", type.ToString());

        switch (type.Item)
        {
            case ColumnItemType.Single:
                return TypedValues.Of(reader.Singles(count, "values"));
            case ColumnItemType.Double:
                return TypedValues.Of(reader.Doubles(count, "values"));
            case ColumnItemType.Text:
                return TypedValues.Of(ReadTexts(reader, count));
            case ColumnItemType.Boolean:
                return TypedValues.Of(type.Item, codec.UsesMissingBits ? ReadTwoBitBooleans(reader, count) : ReadBooleans(reader, count));
            case ColumnItemType.DateTimeOffset or ColumnItemType.RowId:
                throw reader.MalformedAt(start, "values of a type that can be evaluated", type.ToString());
            default:
                return TypedValues.Of(type.Item, ReadIntegers(reader, type.Item, count));
        }
    }

    /// <summary>Reads one vector, expanded: slots that are not stored have the default value.</summary>
    /// <remarks>
    /// Layout for n vectors: i32 n; i32 common length or 0; i32[n] lengths when that is 0; i32[n] stored counts, -1 meaning
    /// all; i32 number of indices; the indices; then the stored values of all vectors as one block.
    /// </remarks>
    public static TypedValues ReadVector(EntryReader reader, Codec codec)
    {
        var start = reader.Position;
        if (reader.Int32("the number of vectors") != 1)
            throw reader.MalformedAt(start, "a block of 1 vector", "another number");

        var length = reader.Int32("the common length");
        if (length == 0)
            length = reader.Int32("the length of the vector");
        var stored = reader.Int32("the stored count");
        var indices = reader.CountedInt32s("indices");
        var values = Read(reader, new Codec(codec.Type with { VectorLength = null }, codec.UsesMissingBits), stored == -1 ? length : stored);

        if (length < 0 || stored < -1 || stored > length || indices.Length != Math.Max(stored, 0))
            throw reader.MalformedAt(start, "a vector whose indices match its stored values", $"{indices.Length} indices, {stored} values, length {length}");

        return stored == -1 ? values : Expand(reader, values, indices, length, start);
    }

    private static TypedValues Expand(EntryReader reader, TypedValues values, int[] indices, int length, int start)
    {
        var previous = -1;
        foreach (var index in indices)
        {
            if (index <= previous || index >= length)
                throw reader.MalformedAt(start, $"ascending indices below {length}", EntryReader.Text(index));
            previous = index;
        }

        // A sparse vector may be far longer than its bytes.
        reader.Budget.Take(reader.Entry, start, 8L * length);

        return values.Item switch
        {
            ColumnItemType.Single => TypedValues.Of(Scatter(values.Singles, indices, new float[length])),
            ColumnItemType.Double => TypedValues.Of(Scatter(values.Doubles, indices, new double[length])),
            ColumnItemType.Text => TypedValues.Of(Scatter(values.Texts, indices, Enumerable.Repeat("", length).ToArray())),
            _ => TypedValues.Of(values.Item, Scatter(values.Integers, indices, new long[length])),
        };
    }

    private static T[] Scatter<T>(ReadOnlySpan<T> values, int[] indices, T[] target)
    {
        for (var index = 0; index < indices.Length; index++)
            target[indices[index]] = values[index];

        return target;
    }

    /// <summary>Texts: i32 n; i32[n] end positions in UTF-16 units, the high bit meaning missing; all characters as one text.</summary>
    private static string[] ReadTexts(EntryReader reader, int count)
    {
        var start = reader.Position;
        if (reader.Int32("the number of texts") != count)
            throw reader.MalformedAt(start, $"{count} texts", "another number");

        reader.Budget.Take(reader.Entry, start, 40L * count);
        var ends = reader.Int32s(count, "the ends of the texts");
        var characters = reader.Utf8("the characters of the texts");
        var texts = new string[count];
        var previous = 0;

        for (var index = 0; index < count; index++)
        {
            var end = ends[index] & int.MaxValue;
            if (end < previous || end > characters.Length)
                throw reader.MalformedAt(start + 4 + (index * 4), $"the end of a text between {previous} and {characters.Length}", EntryReader.Text(end));
            texts[index] = ends[index] < 0 ? "" : characters[previous..end];
            previous = end;
        }

        return texts;
    }

    private static long[] ReadBooleans(EntryReader reader, int count)
    {
        var bits = reader.Bytes((int)(((long)count + 7) / 8), "packed Booleans").Span;
        var values = new long[count];
        for (var index = 0; index < count; index++)
            values[index] = (bits[index >> 3] >> (index & 7)) & 1;

        return values;
    }

    /// <summary>The retired Boolean encoding: two bits a value in 32-bit words, 1 true, 0 false, 2 missing (read as false).</summary>
    private static long[] ReadTwoBitBooleans(EntryReader reader, int count)
    {
        var words = reader.Int32s((int)(((long)count + 15) / 16), "packed Booleans");
        var values = new long[count];
        for (var index = 0; index < count; index++)
            values[index] = ((words[index >> 4] >> ((index & 15) * 2)) & 3) == 1 ? 1 : 0;

        return values;
    }

    private static long[] ReadIntegers(EntryReader reader, ColumnItemType item, int count)
    {
        var width = item switch
        {
            ColumnItemType.SByte or ColumnItemType.Byte => 1,
            ColumnItemType.Int16 or ColumnItemType.UInt16 => 2,
            ColumnItemType.Int32 or ColumnItemType.UInt32 => 4,
            _ => 8,
        };
        if (count < 0 || (long)count * width > reader.Remaining)
            throw reader.Malformed($"{count} integers of {width} bytes", $"{reader.Remaining} bytes before the end");

        var bytes = reader.Bytes(count * width, "integers").Span;
        var values = new long[count];
        for (var index = 0; index < count; index++)
        {
            var value = bytes.Slice(index * width, width);
            values[index] = item switch
            {
                ColumnItemType.SByte => (sbyte)value[0],
                ColumnItemType.Byte => value[0],
                ColumnItemType.Int16 => BitConverter.ToInt16(value),
                ColumnItemType.UInt16 => BitConverter.ToUInt16(value),
                ColumnItemType.Int32 => BitConverter.ToInt32(value),
                ColumnItemType.UInt32 => BitConverter.ToUInt32(value),
                _ => BitConverter.ToInt64(value),
            };
        }

        return values;
    }
}
