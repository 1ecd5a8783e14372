using System.Collections.Immutable;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Prediction.Scoring;

/// <summary>Where the interval around a model's score comes from. Immutable and thread-safe.</summary>
internal abstract class IntervalSource
{
    /// <summary>The interval around a score, both on the model's scale.</summary>
    /// <param name="score">The score.</param>
    /// <param name="values">The model's feature values; NaN where missing.</param>
    public abstract (double Low, double High) Around(double score, float[] values);
}

/// <summary>Offsets from the model card, by which features are missing.</summary>
/// <param name="interval">The card's interval.</param>
/// <param name="features">What the values stand for, in order.</param>
internal sealed class StratifiedInterval(ModelInterval interval, ImmutableArray<Feature> features) : IntervalSource
{
    public override (double Low, double High) Around(double score, float[] values)
    {
        var (low, high, _) = interval.Around(score, name => IsMissing(name, values));
        return (low, high);
    }

    private bool IsMissing(string name, float[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (features[i].Name == name)
                return float.IsNaN(values[i]);
        }

        return false;
    }
}

/// <summary>Distances below and above the score, whose squares two archives predict for each patient.</summary>
internal sealed class SpreadInterval : IntervalSource
{
    private readonly SpreadSide _lower;
    private readonly SpreadSide _upper;

    /// <param name="features">What the values stand for, in order; every input of the archives is among them.</param>
    /// <param name="archives">The archives.</param>
    public SpreadInterval(ImmutableArray<Feature> features, SpreadArchives archives)
    {
        _lower = new SpreadSide(features, archives.Lower);
        _upper = new SpreadSide(features, archives.Upper);
    }

    public override (double Low, double High) Around(double score, float[] values) =>
        (score - _lower.Distance(values), score + _upper.Distance(values));

    /// <summary>One archive, and where its inputs stand among the values.</summary>
    private sealed class SpreadSide(ImmutableArray<Feature> features, BoundArchive archive)
    {
        private readonly int[] _columns = [.. archive.Features.Select(features.IndexOf)];

        // A sum of learned terms can come out a little below zero where the distance is almost none.
        public double Distance(float[] values)
        {
            Span<float> row = stackalloc float[_columns.Length];
            for (var i = 0; i < row.Length; i++)
                row[i] = values[_columns[i]];
            return Math.Sqrt(Math.Max(0, archive.Scorer.Predict(row).Score));
        }
    }
}

/// <summary>The archives of a spread.</summary>
/// <param name="Lower">Predicts the square of the distance below the score.</param>
/// <param name="Upper">Predicts the square of the distance above it.</param>
internal sealed record SpreadArchives(BoundArchive Lower, BoundArchive Upper);
