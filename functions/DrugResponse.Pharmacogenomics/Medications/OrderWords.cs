using System.Globalization;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Medications;

/// <summary>The vocabulary of medication lines.</summary>
internal sealed class OrderWords
{
    /// <summary>The most words that a phrase of the vocabulary has.</summary>
    public const int MaxPhraseWords = 4;

    private static readonly Lazy<OrderWords> Shared = new(() => new OrderWords());
    private readonly Dictionary<string, OrderWord> _phrases = new(StringComparer.Ordinal);

    private OrderWords()
    {
        var rows = EmbeddedTable.Open("order_words").Rows(new StringPool());
        while (rows.Read())
        {
            var kind = rows.NextText();
            var code = rows.NextText();
            var perDay = rows.Next();
            var word = new OrderWord(kind, code, perDay.IsEmpty ? null : decimal.Parse(perDay, CultureInfo.InvariantCulture));
            foreach (var spelling in rows.NextText().Split("; "))
                _phrases.Add(spelling, word);
        }
    }

    public static OrderWords Default => Shared.Value;

    public OrderWord? Find(string phrase) => _phrases.GetValueOrDefault(phrase);
}

/// <summary>What a phrase of a medication line means.</summary>
/// <param name="Kind"><c>route</c>, <c>frequency</c>, <c>form</c>, <c>unit</c>, <c>noise</c> and so on.</param>
/// <param name="Code">Its canonical meaning.</param>
/// <param name="PerDay">Doses in a day, for frequencies that tell.</param>
internal sealed record OrderWord(string Kind, string Code, decimal? PerDay);
