using System.Globalization;

namespace DrugResponse.Pharmacogenomics.Phenotypes;

/// <summary>
/// An activity value of an allele or the activity score of a diplotype: an exact decimal, possibly only a lower bound (<c>≥3.0</c>), or
/// <c>n/a</c> when an allele's activity is not known.
/// </summary>
/// <remarks>
/// The default value is <c>n/a</c>. Adding <c>n/a</c> gives <c>n/a</c>; adding a lower bound gives a lower bound. Text has at least one
/// decimal, as the guidelines write it: <c>1.0</c>, <c>1.25</c>, and after halving <c>0.125</c>.
/// </remarks>
public readonly record struct ActivityScore : IComparable<ActivityScore>
{
    private const string MissingText = "n/a";
    private const decimal MaxValue = 100m;
    private readonly bool _known;

    private ActivityScore(decimal value, bool atLeast)
    {
        Value = value;
        IsLowerBound = atLeast;
        _known = true;
    }

    /// <summary>The score that cannot be given because an allele's activity is not known; written <c>n/a</c>.</summary>
    public static ActivityScore Missing => default;

    /// <summary>The number, 0 or more; 0 when <see cref="IsMissing"/>.</summary>
    public decimal Value { get; }

    /// <summary>Whether the true score may be higher than <see cref="Value"/> (<c>≥</c>).</summary>
    public bool IsLowerBound { get; }

    /// <summary>Whether the score is <c>n/a</c>.</summary>
    public bool IsMissing => !_known;

    /// <summary>An exact score or a lower bound.</summary>
    /// <param name="value">The number, 0 to 100.</param>
    /// <param name="atLeast">Whether it is only a lower bound.</param>
    /// <returns>The score.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or above 100.</exception>
    public static ActivityScore Of(decimal value, bool atLeast = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxValue);
        return new ActivityScore(value, atLeast);
    }

    /// <summary>Reads <c>1.25</c>, <c>≥3.0</c>, <c>&gt;=3</c> or <c>n/a</c>.</summary>
    /// <param name="text">The text; white space around it is ignored.</param>
    /// <param name="score">The score, or <c>n/a</c> when the text cannot be read.</param>
    /// <returns>Whether the text is a score from 0 to 100 with at most three decimals.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out ActivityScore score)
    {
        score = Missing;
        text = text.Trim();
        if (text.Equals(MissingText, StringComparison.OrdinalIgnoreCase))
            return true;

        var number = text.StartsWith("≥", StringComparison.Ordinal) ? text[1..]
            : text.StartsWith(">=", StringComparison.Ordinal) ? text[2..]
            : text;
        var atLeast = number.Length < text.Length;
        if (!decimal.TryParse(number.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || value > MaxValue
            || decimal.Round(value, 3) != value)
            return false;

        score = new ActivityScore(value, atLeast);
        return true;
    }

    /// <summary>The sum of two activity values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    /// <returns><c>n/a</c> when either is, a lower bound when either is, else the exact sum.</returns>
    public static ActivityScore operator +(ActivityScore left, ActivityScore right) =>
        left.IsMissing || right.IsMissing
            ? Missing
            : new ActivityScore(left.Value + right.Value, left.IsLowerBound || right.IsLowerBound);

    /// <summary>The score multiplied by a factor, such as copies of an allele or the half that a moderate inhibitor leaves.</summary>
    /// <param name="score">The score.</param>
    /// <param name="factor">The factor, 0 or more; 0 gives exactly 0, whatever the score.</param>
    /// <returns>The product; a lower bound stays one unless the factor is 0.</returns>
    public static ActivityScore operator *(ActivityScore score, decimal factor) =>
        factor == 0m ? new ActivityScore(0m, false)
        : score.IsMissing ? Missing
        : new ActivityScore(score.Value * factor, score.IsLowerBound);

    /// <summary>Names the operator <c>+</c> for languages without operators.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    /// <returns>The sum.</returns>
    public static ActivityScore Add(ActivityScore left, ActivityScore right) => left + right;

    /// <summary>Names the operator <c>*</c> for languages without operators.</summary>
    /// <param name="left">The score.</param>
    /// <param name="right">The factor.</param>
    /// <returns>The product.</returns>
    public static ActivityScore Multiply(ActivityScore left, decimal right) => left * right;

    /// <summary>Orders by number; <c>n/a</c> first, an exact score before a lower bound of the same number.</summary>
    /// <param name="other">The score to compare with.</param>
    /// <returns>Negative, zero or positive.</returns>
    public int CompareTo(ActivityScore other) =>
        (_known, Value, IsLowerBound).CompareTo((other._known, other.Value, other.IsLowerBound));

    /// <summary>Whether the left score is ordered before the right one.</summary>
    public static bool operator <(ActivityScore left, ActivityScore right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left score is ordered after the right one.</summary>
    public static bool operator >(ActivityScore left, ActivityScore right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left score is not ordered after the right one.</summary>
    public static bool operator <=(ActivityScore left, ActivityScore right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left score is not ordered before the right one.</summary>
    public static bool operator >=(ActivityScore left, ActivityScore right) => left.CompareTo(right) >= 0;

    /// <summary>The guideline's way of writing: <c>1.0</c>, <c>1.25</c>, <c>≥3.0</c>, <c>n/a</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        IsMissing ? MissingText : (IsLowerBound ? "≥" : "") + Value.ToString("0.0##", CultureInfo.InvariantCulture);
}
