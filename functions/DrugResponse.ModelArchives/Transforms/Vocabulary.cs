using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>The terms of a column in key order: term k is key k + 1.</summary>
internal sealed class Vocabulary
{
    private readonly TextTable? _texts;
    private readonly NumberTable? _numbers;

    public Vocabulary(ColumnType type, TypedValues terms)
    {
        Type = type;
        Terms = terms;

        if (terms.Item == ColumnItemType.Text)
            _texts = new TextTable(terms.Texts.ToArray());
        else
            _numbers = new NumberTable(Bits(terms));
    }

    /// <summary>Type of a term.</summary>
    public ColumnType Type { get; }

    public TypedValues Terms { get; }

    /// <summary>The key of a text, 0 if it is no term. The empty text never is.</summary>
    public long Key(string text) => text.Length == 0 ? 0 : Find(text);

    /// <summary>The key of a text, be it empty, 0 if it is no term.</summary>
    public long Find(string text) => _texts!.Find(text);

    public long Key(long number) => _numbers!.Find(number);

    public long Key(float number) => float.IsNaN(number) ? 0 : _numbers!.Find(Bits(number));

    public long Key(double number) => double.IsNaN(number) ? 0 : _numbers!.Find(Bits(number));

    // Adding zero makes -0 equal to 0.
    private static long Bits(double number) => BitConverter.DoubleToInt64Bits(number + 0.0);

    private static long[] Bits(TypedValues terms)
    {
        var bits = new long[terms.Count];
        for (var index = 0; index < bits.Length; index++)
        {
            bits[index] = terms.Item switch
            {
                ColumnItemType.Single => Bits(terms.Singles[index]),
                ColumnItemType.Double => Bits(terms.Doubles[index]),
                _ => terms.Integers[index],
            };
        }

        return bits;
    }
}
