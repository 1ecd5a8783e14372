using System.Runtime.InteropServices;

namespace DrugResponse.Functions.Batches.Summary;

/// <summary>
/// The distribution of one endpoint's answers in a form that adds up: counts in bins so fine that quantiles are good to 0.001 for
/// probabilities and to 1 % for other numbers. Not thread-safe.
/// </summary>
/// <remarks>
/// Wider bins are made of whole fine ones, so the edges of the wide ones are edges of the fine ones too: multiples of 0.05, and powers of
/// two.
/// </remarks>
internal sealed class DistributionTally
{
    private const int ProbabilityBins = 1000;

    // Below every bin of a positive number.
    private const int NotPositive = int.MinValue;

    // Steps of just under 1 %.
    private const int BinsPerDoubling = 70;

    /// <summary><c>response</c>, <c>adverse</c> or <c>dose</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Unit; null for probabilities.</summary>
    public string? Unit { get; init; }

    /// <summary>How many answers.</summary>
    public long Count { get; set; }

    /// <summary>Their sum.</summary>
    public double Sum { get; set; }

    /// <summary>The least.</summary>
    public double Min { get; set; } = double.MaxValue;

    /// <summary>The greatest.</summary>
    public double Max { get; set; } = double.MinValue;

    /// <summary>Answers by bin.</summary>
    public Dictionary<int, long> Bins { get; init; } = [];

    /// <summary>Counts an answer.</summary>
    public void Add(double value)
    {
        Count++;
        Sum += value;
        Min = Math.Min(Min, value);
        Max = Math.Max(Max, value);
        AddToBin(BinOf(value), 1);
    }

    /// <summary>Adds another distribution of the same endpoint.</summary>
    public void Add(DistributionTally other)
    {
        Count += other.Count;
        Sum += other.Sum;
        Min = Math.Min(Min, other.Min);
        Max = Math.Max(Max, other.Max);
        foreach (var (bin, count) in other.Bins)
            AddToBin(bin, count);
    }

    /// <summary>The value below which a share of the answers lies.</summary>
    public double Quantile(double share)
    {
        var rank = share * (Count - 1);
        long below = 0;
        foreach (var (bin, count) in Bins.OrderBy(static bin => bin.Key))
        {
            below += count;
            if (rank < below)
                return Math.Clamp(MiddleOf(bin), Min, Max);
        }

        return Max;
    }

    /// <summary>Counts by wider bins.</summary>
    /// <param name="binOf">The wider bin that a value lies in.</param>
    public SortedDictionary<int, long> Group(Func<double, int> binOf)
    {
        var groups = new SortedDictionary<int, long>();
        foreach (var (bin, count) in Bins)
        {
            var group = binOf(MiddleOf(bin));
            groups[group] = groups.GetValueOrDefault(group) + count;
        }

        return groups;
    }

    private int BinOf(double value)
    {
        if (Unit is null)
            return Math.Clamp((int)(value * ProbabilityBins), 0, ProbabilityBins - 1);
        if (!(value > 0))
            return NotPositive;

        // The exponent is exact where a logarithm is not, so that 32 lies in the bin that begins at 32.
        var exponent = Math.ILogB(value);
        var step = (int)(Math.Log2(Math.ScaleB(value, -exponent)) * BinsPerDoubling);
        return exponent * BinsPerDoubling + Math.Min(step, BinsPerDoubling - 1);
    }

    private double MiddleOf(int bin)
    {
        if (Unit is null)
            return (bin + 0.5) / ProbabilityBins;
        return bin == NotPositive ? 0 : Math.Pow(2, (bin + 0.5) / BinsPerDoubling);
    }

    private void AddToBin(int bin, long count) => CollectionsMarshal.GetValueRefOrAddDefault(Bins, bin, out _) += count;
}
