using System.Globalization;
using System.Text.RegularExpressions;

namespace DrugResponse.Pharmacogenomics.Medications;

/// <summary>
/// Takes a medication line apart, by this grammar (words are separated by blanks, commas, semicolons and brackets; letter case does not
/// matter):
/// <code>
/// line      = { noise | element } drug { noise | element | drug }
/// drug      = the longest run of words that names a drug, brand or combination, with or without a salt
/// element   = strength | quantity | form | release | route | frequency | as-needed [reason] | duration | timing
/// strength  = number { ("/" | "-") number } unit                      50 mg, 5/325 mg, 0.5-1 mg, 100units
/// quantity  = number [ "-" number ] form                              1 tab, 1-2 tablets
/// frequency = word | "q" number [ "-" number ] ("h"|"d")             bid, q8h, q4-6h
///           | "every" number [ "-" number ] ("hours" | "days")
/// duration  = ("for" | "x") number ("days" | "weeks")                for 7 days, x 2 weeks
/// </code>
/// Every word that fits nowhere is given back.
/// </summary>
internal sealed partial class MedicationLineParser
{
    private const int MaxWords = 60;
    private const int MaxDrugWords = 8;
    private const decimal HoursPerDay = 24m;

    private readonly string[] _words;
    private readonly bool[] _used;
    private readonly List<string> _drugs = [];
    private readonly List<Strength> _strengths = [];
    private readonly List<Substance> _substances = [];
    private MedicationLine _line = new() { DrugTexts = [] };

    private MedicationLineParser(string text)
    {
        _words = [.. Separators().Split(text).Select(w => w.Trim('.', ':', ',')).Where(w => w.Length > 0).Take(MaxWords)];
        _used = new bool[_words.Length];
    }

    /// <summary>Parses a line.</summary>
    /// <param name="text">The line.</param>
    /// <returns>The line taken apart, and the drugs it names.</returns>
    public static (MedicationLine Line, IReadOnlyList<Substance> Substances) Parse(string text)
    {
        var parser = new MedicationLineParser(text);
        parser.TakeDrugs();
        parser.TakeElements();
        var rest = parser._words.Where((_, i) => !parser._used[i]).ToArray();
        return (parser._line with { DrugTexts = parser._drugs, Strengths = parser._strengths, NotUnderstood = rest }, parser._substances);
    }

    private void TakeDrugs()
    {
        for (var start = 0; start < _words.Length; start++)
        {
            // Words of the vocabulary are not drugs unless a longer name begins with them ("iron", "potassium chloride").
            for (var length = Math.Min(MaxDrugWords, _words.Length - start); length >= 1; length--)
            {
                var phrase = string.Join(' ', _words.AsSpan(start, length)!);
                if (!char.IsLetterOrDigit(phrase[0])
                    || OrderWords.Default.Find(phrase.ToLowerInvariant()) is not null
                    || EndsInNumber(start + length - 1, length))
                    continue;
                if (MedicationResolver.FindNamed(phrase) is not { Count: > 0 } named)
                    continue;

                _drugs.Add(phrase);
                _substances.AddRange(named.Where(s => !_substances.Contains(s)));
                Use(start, length);
                start += length - 1;
                break;
            }
        }
    }

    /// <summary>A number after a name is a strength ("metoprolol 50"), unless the name itself ends in it ("coenzyme q10").</summary>
    private bool EndsInNumber(int last, int length) => length > 1 && char.IsAsciiDigit(_words[last][0]);

    private void TakeElements()
    {
        for (var i = 0; i < _words.Length;)
        {
            if (_used[i])
            {
                i++;
                continue;
            }

            var taken = TakeDuration(i);
            taken = taken > 0 ? taken : TakeInterval(i);
            taken = taken > 0 ? taken : TakeAmount(i);
            taken = taken > 0 ? taken : TakePhrase(i);
            if (taken > 0)
                Use(i, taken);
            i += Math.Max(taken, 1);
        }
    }

    /// <summary><c>for 7 days</c>, <c>x 2 weeks</c>, <c>x10d</c>.</summary>
    private int TakeDuration(int start)
    {
        if (Lower(start) is not ("for" or "x") || Lower(start + 1) is not { } count
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || Lower(start + 2) is not ("day" or "days" or "d" or "week" or "weeks" or "wk" or "wks") || number > 3650)
            return 0;

        _line = _line with { DurationDays = Lower(start + 2)![0] == 'w' ? number * 7 : number };
        return 3;
    }

    /// <summary><c>q8h</c>, <c>q 8 h</c>, <c>q4-6h</c>, <c>every 8 hours</c>, <c>every 3 days</c>.</summary>
    private int TakeInterval(int start)
    {
        for (var length = Math.Min(3, _words.Length - start); length >= 1; length--)
        {
            var match = Interval().Match(string.Join(' ', Enumerable.Range(start, length).Select(i => Lower(i))));
            if (!match.Success)
                continue;

            var number = decimal.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture);
            var isHours = match.Groups["unit"].Value[0] == 'h';
            if (number == 0m)
                return 0;

            var upTo = match.Groups["m"].Success ? "-" + match.Groups["m"].Value : "";
            _line = _line with
            {
                Frequency = $"every-{match.Groups["n"].Value}{upTo}-{(isHours ? "hours" : "days")}",
                TimesPerDay = isHours ? HoursPerDay / number : 1m / number,
            };
            return length;
        }

        return 0;
    }

    /// <summary>A number with a unit is a strength, with a dose form a quantity; alone it is not understood.</summary>
    private int TakeAmount(int start)
    {
        var match = Amount().Match(_words[start]);
        if (!match.Success)
            return 0;

        var glued = match.Groups["unit"].Value.ToLowerInvariant();
        var length = 1;
        for (var words = glued.Length > 0 ? 0 : 2; words >= 0; words--)
        {
            if (start + words >= _words.Length)
                continue;

            var text = words == 0 ? glued : string.Join(' ', Enumerable.Range(start + 1, words).Select(i => Lower(i)));
            if (OrderWords.Default.Find(text) is { Kind: "unit" or "form" } word)
            {
                length = words + 1;
                return Take(word) ? length : 0;
            }
        }

        return 0;

        bool Take(OrderWord word)
        {
            var numbers = match.Groups["n"].Value;
            if (word.Kind == "form")
            {
                _line = _line with { Quantity = _line.Quantity ?? numbers, DoseForm = _line.DoseForm ?? word.Code };
                return true;
            }

            // The pattern lets nothing but numbers through.
            decimal[] values = [.. numbers.Replace(",", "", StringComparison.Ordinal).Split('/', '-')
                .Select(n => decimal.Parse(n, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture))];
            _strengths.Add(new Strength(values, word.Code));
            return true;
        }
    }

    private int TakePhrase(int start)
    {
        for (var length = Math.Min(OrderWords.MaxPhraseWords, _words.Length - start); length >= 1; length--)
        {
            var phrase = string.Join(' ', Enumerable.Range(start, length).Select(i => Lower(i)));
            if (OrderWords.Default.Find(phrase) is not { } word || Enumerable.Range(start, length).Any(i => _used[i]))
                continue;

            switch (word.Kind)
            {
                case "release": _line = _line with { Release = _line.Release ?? word.Code }; break;
                case "form": _line = _line with { DoseForm = _line.DoseForm ?? word.Code }; break;
                case "route": _line = _line with { Route = _line.Route ?? word.Code }; break;
                case "frequency" when _line.Frequency is null:
                    _line = _line with { Frequency = word.Code, TimesPerDay = word.PerDay };
                    break;
                case "as-needed": _line = _line with { IsAsNeeded = true }; break;
                case "stopped": _line = _line with { SaysStopped = true }; break;
                case "allergy": _line = _line with { IsAllergy = true }; break;
                default: break;
            }

            return length;
        }

        return 0;
    }

    private string? Lower(int index) =>
        index < _words.Length
            ? _words[index].ToLowerInvariant().Replace('.', ' ').Replace("  ", " ", StringComparison.Ordinal).Trim()
            : null;

    private void Use(int start, int length) => _used.AsSpan(start, length).Fill(true);

    /// <summary>A comma separates words, but not the thousands of a number.</summary>
    [GeneratedRegex(@"[\s;()\[\]]+|,(?!\d{3}(\D|$))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Separators();

    [GeneratedRegex(@"^(q|every) ?(?<n>\d{1,3})(-(?<m>\d{1,3}))? ?(?<unit>h|hr|hrs|hour|hours|d|day|days)$", RegexOptions.CultureInvariant)]
    private static partial Regex Interval();

    [GeneratedRegex(
        @"^(?<n>\d{1,7}(,\d{3})*(\.\d{1,4})?([/-]\d{1,7}(\.\d{1,4})?)*)-?(?<unit>[a-zA-Z%µμ][a-zA-Z0-9/%µμ]*)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Amount();
}
