using System.Text;

namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>
/// One of the tab separated tables that are built into this assembly: lines <c># key: value</c> that say what the table is and where it
/// comes from, a line of column names, then one line per row.
/// </summary>
internal sealed class EmbeddedTable
{
    private const char Separator = '\t';
    private readonly string _text;
    private readonly int _firstRow;

    private EmbeddedTable(string name, string text)
    {
        Name = name;
        _text = text;

        string about = "", source = "", release = "", licence = "";
        var position = 0;
        while (text[position] == '#')
        {
            var line = LineAt(position);
            var colon = line.IndexOf(':');
            var value = line[(colon + 2)..].ToString();
            switch (line[2..colon])
            {
                case "about": about = value; break;
                case "source": source = value; break;
                case "release": release = value; break;
                case "licence": licence = value; break;
                default: throw new InvalidDataException($"Table {name}: unknown header line.");
            }

            position += line.Length + 1;
        }

        Source = new KnowledgeSource(name, about, source, release, licence);
        Columns = LineAt(position).ToString().Split(Separator);
        _firstRow = position + LineAt(position).Length + 1;
    }

    public string Name { get; }

    public KnowledgeSource Source { get; }

    public IReadOnlyList<string> Columns { get; }

    public static EmbeddedTable Open(string name)
    {
        using var stream = typeof(EmbeddedTable).Assembly.GetManifestResourceStream(name + ".tsv")
            ?? throw new InvalidDataException($"Table {name} is not built into the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new EmbeddedTable(name, Encoding.UTF8.GetString(bytes));
    }

    public RowReader Rows(StringPool pool) => new(this, pool);

    private ReadOnlySpan<char> LineAt(int position)
    {
        var rest = _text.AsSpan(position);
        return rest[..rest.IndexOf('\n')];
    }

    /// <summary>Walks over the rows without copying what the caller does not ask for.</summary>
    internal ref struct RowReader(EmbeddedTable table, StringPool pool)
    {
        private ReadOnlySpan<char> _rest = table._text.AsSpan(table._firstRow);
        private ReadOnlySpan<char> _row;

        public bool Read()
        {
            if (_rest.IsEmpty)
                return false;

            var end = _rest.IndexOf('\n');
            _row = _rest[..end];
            _rest = _rest[(end + 1)..];
            return true;
        }

        /// <summary>The next field of the row; fields are read in column order.</summary>
        public ReadOnlySpan<char> Next()
        {
            var end = _row.IndexOf(Separator);
            if (end < 0)
            {
                var last = _row;
                _row = default;
                return last;
            }

            var field = _row[..end];
            _row = _row[(end + 1)..];
            return field;
        }

        /// <summary>The next field as a string that equal fields share.</summary>
        public string NextText() => pool.Get(Next());
    }
}
