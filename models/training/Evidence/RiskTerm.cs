using System.Globalization;

namespace DrugResponse.Training.Evidence;

/// <summary>
/// How one factor of a risk equation depends on one feature of the catalogue: the number that its log odds ratio is multiplied by. Written
/// as <c>feature = 1</c>, <c>feature &gt;= 65</c>, <c>feature &lt; 60</c>, <c>feature 45..60</c> (from, up to but not including),
/// <c>feature per 10 from 60 within 20..90</c> (a straight line), <c>feature ramp 50..70</c> (0 to 1), or <c>always</c>.
/// </summary>
internal sealed record RiskTerm
{
    private readonly Func<double, double> _amount;

    private RiskTerm(string text, string? feature, double[] thresholds, LinearPart? line, Func<double, double> amount)
    {
        Text = text;
        Feature = feature;
        Thresholds = thresholds;
        Line = line;
        _amount = amount;
    }

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>The feature; null for a factor that everybody has.</summary>
    public string? Feature { get; }

    /// <summary>Values of the feature at which the amount jumps; the value itself belongs to the upper side.</summary>
    public IReadOnlyList<double> Thresholds { get; }

    /// <summary>Where the amount changes gradually; null for jumps alone.</summary>
    public LinearPart? Line { get; }

    /// <summary>The amount at a value of the feature; NaN when the value is missing.</summary>
    public double Amount(double value) => Feature is null ? 1 : double.IsNaN(value) ? double.NaN : _amount(value);

    /// <summary>Reads a term.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static RiskTerm Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["always"] => new RiskTerm(text, null, [], null, static _ => 1),
            [var feature, "=", var level] => Exactly(text, feature, Number(level)),
            [var feature, ">=", var from] => Between(text, feature, Number(from), double.PositiveInfinity),
            [var feature, "<", var to] => Between(text, feature, double.NegativeInfinity, Number(to)),
            [var feature, "ramp", var range] => Ramp(text, feature, Range(range)),
            [var feature, "per", var unit, "from", var centre] => Straight(text, feature, Number(unit), Number(centre), null),
            [var feature, "per", var unit, "from", var centre, "within", var range] =>
                Straight(text, feature, Number(unit), Number(centre), Range(range)),
            [var feature, var range] when Range(range) is var (from, to) => Between(text, feature, from, to),
            _ => throw new FormatException($"'{text}' is no term of a risk equation."),
        };
    }

    // A level lies in the middle of its bin, so that the jumps are between levels.
    private static RiskTerm Exactly(string text, string feature, double level) =>
        new(text, feature, [level - 0.5, level + 0.5], null, value => Math.Abs(value - level) < 0.5 ? 1 : 0);

    // Features are single precision: 4.85 given is 4.85 reached.
    private static RiskTerm Between(string text, string feature, double from, double to) =>
        new(text, feature, [.. new[] { from, to }.Where(double.IsFinite)], null, value => value >= (float)from && value < (float)to ? 1 : 0);

    private static RiskTerm Ramp(string text, string feature, (double From, double To) range) =>
        new(text, feature, [], new LinearPart(range.From, range.To),
            value => Math.Clamp((value - range.From) / (range.To - range.From), 0, 1));

    private static RiskTerm Straight(string text, string feature, double unit, double centre, (double From, double To)? range) =>
        new(text, feature, [], range is var (from, to) ? new LinearPart(from, to) : null,
            value => ((range is var (least, most) ? Math.Clamp(value, least, most) : value) - centre) / unit);

    private static double Number(string word) => double.Parse(word, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static (double From, double To) Range(string word) =>
        word.Split("..") is [var from, var to] ? (Number(from), Number(to)) : throw new FormatException($"'{word}' is no range.");
}

/// <summary>The range over which a term is a straight line.</summary>
/// <param name="From">Lower end.</param>
/// <param name="To">Upper end.</param>
internal sealed record LinearPart(double From, double To);
