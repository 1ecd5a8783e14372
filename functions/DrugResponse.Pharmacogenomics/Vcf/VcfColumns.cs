namespace DrugResponse.Pharmacogenomics.Vcf;

/// <summary>The columns of a VCF record that are read, as spans of the line.</summary>
internal ref struct VcfColumns
{
    private const int FixedColumns = 9;

    public ReadOnlySpan<char> Chromosome { get; private set; }

    public ReadOnlySpan<char> PositionText { get; private set; }

    public ReadOnlySpan<char> Ref { get; private set; }

    public ReadOnlySpan<char> Alt { get; private set; }

    public ReadOnlySpan<char> Info { get; private set; }

    public ReadOnlySpan<char> Format { get; private set; }

    public ReadOnlySpan<char> Sample { get; private set; }

    /// <summary>Splits a record.</summary>
    /// <param name="line">The line.</param>
    /// <param name="sample">Index of the sample column, 0 for the first.</param>
    /// <param name="columns">The columns.</param>
    /// <returns>Whether the line has all columns up to the sample.</returns>
    public static bool TrySplit(ReadOnlySpan<char> line, int sample, out VcfColumns columns)
    {
        columns = default;
        for (var index = 0; ; index++)
        {
            var tab = line.IndexOf('\t');
            var field = tab < 0 ? line : line[..tab];
            switch (index)
            {
                case 0: columns.Chromosome = field; break;
                case 1: columns.PositionText = field; break;
                case 3: columns.Ref = field; break;
                case 4: columns.Alt = field; break;
                case 7: columns.Info = field; break;
                case 8: columns.Format = field; break;
                default: break;
            }

            if (index == FixedColumns + sample)
            {
                columns.Sample = field.TrimEnd('\r');
                return true;
            }

            if (tab < 0)
                return false;
            line = line[(tab + 1)..];
        }
    }

    /// <summary>The sample's value of a FORMAT key, such as <c>GT</c>; empty when there is none.</summary>
    public readonly ReadOnlySpan<char> Value(ReadOnlySpan<char> key)
    {
        var keys = Format;
        var values = Sample;
        while (true)
        {
            var keyEnd = keys.IndexOf(':');
            var valueEnd = values.IndexOf(':');
            if ((keyEnd < 0 ? keys : keys[..keyEnd]).SequenceEqual(key))
                return valueEnd < 0 ? values : values[..valueEnd];
            if (keyEnd < 0 || valueEnd < 0)
                return default;

            keys = keys[(keyEnd + 1)..];
            values = values[(valueEnd + 1)..];
        }
    }

    /// <summary>The value of an INFO key such as <c>END</c>; empty when there is none.</summary>
    public readonly ReadOnlySpan<char> InfoValue(ReadOnlySpan<char> key)
    {
        var rest = Info;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf(';');
            var item = end < 0 ? rest : rest[..end];
            if (item.Length > key.Length && item[key.Length] == '=' && item.StartsWith(key))
                return item[(key.Length + 1)..];
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return default;
    }
}
