using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Loading;

/// <summary>The loader of delimited text: only its columns matter here.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/DataLoadSave/Text/TextLoader.cs</c>. Body: i32 4; i64 rows; u32 flags; i32 input
/// size, 0 = unknown; i32 and u16[] separators; from version 1.13 two UTF-8 characters; i32 columns; per column str name, u8
/// type code, bool key and, if so, from 1.12 u64 cardinality, before bool contiguous, u64 minimum, i32 count (0 = most); i32
/// segments, each i32 first source, i32 limit (2147483647 = to the end), from 1.10 bool vector. A column is a vector if it has several
/// segments, or one longer than 1 or marked so.
/// </remarks>
internal static class TextLoader
{
    public static readonly ComponentFormat Format = new("TextLoader", "TXTLOADR", (1, 14), (1, 10), (1, 9), ComponentFormat.DataAssembly);

    private const int ToTheEnd = int.MaxValue;

    public static LoadedArchive Read(ModelStream stream)
    {
        var body = stream.Body;
        body.FloatSize();
        body.Int64("the number of rows");
        body.UInt32("the flags");
        var inputSize = body.Int32("the input size");
        var separators = body.Count(2, "separators");
        body.Bytes(2 * separators, "separators");

        if (stream.Version.IsAtLeast(1, 13))
        {
            Utf8Character(body);
            Utf8Character(body);
        }

        var columns = new InputColumn[body.Count(10, "columns", footprint: 200)];
        for (var index = 0; index < columns.Length; index++)
            columns[index] = ReadColumn(stream, inputSize);

        return new LoadedArchive([], columns);
    }

    private static InputColumn ReadColumn(ModelStream stream, int inputSize)
    {
        var body = stream.Body;
        var name = body.String("the name of a column");
        var start = body.Position;
        var item = (ColumnItemType)body.Byte("the type of a column");
        if (item is < ColumnItemType.SByte or > ColumnItemType.RowId)
            throw body.MalformedAt(start, "a type code from 1 to 16", EntryReader.Text((int)item));

        var cardinality = body.Boolean("the key flag of a column") ? ReadCardinality(stream, item) : 0;

        return new InputColumn(name, new ColumnType(item, ReadLength(stream, inputSize), cardinality));
    }

    private static ulong ReadCardinality(ModelStream stream, ColumnItemType item)
    {
        var body = stream.Body;
        var start = body.Position;

        if (stream.Version.IsAtLeast(1, 12))
        {
            var cardinality = body.UInt64("the cardinality of a key");

            return cardinality != 0 ? cardinality : throw body.MalformedAt(start, "a key cardinality above 0", "0");
        }

        var isContiguous = body.Boolean("the contiguity of a key");
        var minimum = body.UInt64("the minimum of a key");
        var count = body.Int32("the cardinality of a key");
        if (!isContiguous || minimum != 0 || count < 0)
            throw body.MalformedAt(start, "a contiguous key from 0", $"contiguous {isContiguous}, minimum {minimum}, count {count}");

        return count != 0 ? (ulong)count : Codec.KeyLimit(item);
    }

    /// <summary>Null for a scalar, 0 for a vector whose length depends on the data.</summary>
    private static int? ReadLength(ModelStream stream, int inputSize)
    {
        var body = stream.Body;
        var hasFlag = stream.Version.IsAtLeast(1, 10);
        var segments = body.Count(hasFlag ? 9 : 8, "segments");
        var isVector = segments != 1;
        var isOpen = false;
        var length = 0L;

        for (var index = 0; index < segments; index++)
        {
            var start = body.Position;
            var first = body.Int32("the first source of a segment");
            var limit = body.Int32("the limit of a segment");
            if (limit == ToTheEnd && inputSize > 0)
                limit = inputSize;
            if (first < 0 || limit <= first)
                throw body.MalformedAt(start, "a segment of at least one source", $"{first} to {limit}");

            isOpen |= limit == ToTheEnd;
            length += limit - first;
            isVector |= limit - first > 1;
            if (hasFlag)
                isVector |= body.Boolean("the vector flag of a segment");
        }

        if (!isVector)
            return null;

        return isOpen || length > int.MaxValue ? 0 : (int)length;
    }

    private static void Utf8Character(EntryReader body)
    {
        var lead = body.Byte("a character");
        var following = lead switch
        {
            < 0x80 => 0,
            < 0xE0 => 1,
            < 0xF0 => 2,
            _ => 3,
        };
        body.Bytes(following, "a character");
    }
}
