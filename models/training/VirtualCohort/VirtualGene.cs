using System.Collections.Concurrent;

namespace DrugResponse.Training.VirtualCohort;

/// <summary>
/// A gene of virtual patients: alleles with frequencies by group, and what the service's own interpreter makes of each pair. Thread-safe.
/// </summary>
internal sealed class VirtualGene
{
    // Half the draws of a tilted cohort follow the frequencies, half a flatter distribution, so that rare alleles are seen often enough.
    private const double TiltedShare = 0.5;

    private static readonly ConcurrentDictionary<string, VirtualGene> Shared = new(StringComparer.Ordinal);

    private readonly double[][] _frequencies;
    private readonly double[][] _tilted;
    private readonly ConcurrentDictionary<(int, int), GeneCall> _calls = new();

    private VirtualGene(string symbol, string[] alleles, double[][] frequencies, bool isXLinked)
    {
        Symbol = symbol;
        Alleles = alleles;
        IsXLinked = isXLinked;
        _frequencies = frequencies;
        _tilted = [.. frequencies.Select(each => Tilt(each, frequencies))];
    }

    /// <summary>Gene symbol.</summary>
    public string Symbol { get; }

    /// <summary>Allele names, the reference allele first.</summary>
    public IReadOnlyList<string> Alleles { get; }

    /// <summary>Whether men have one copy.</summary>
    public bool IsXLinked { get; }

    /// <summary>Whether only named alleles are typed, without a diplotype (HLA).</summary>
    public bool IsTypedByAllele => Symbol.StartsWith("HLA-", StringComparison.Ordinal);

    /// <summary>The gene of a symbol.</summary>
    public static VirtualGene Of(string symbol) => Shared.GetOrAdd(symbol, static each => Make(each));

    /// <summary>Draws two alleles (one for an X-linked gene of a man; the second is then -1).</summary>
    /// <param name="random">The stream.</param>
    /// <param name="group">Position of the group in <see cref="Ancestries.All"/>.</param>
    /// <param name="oneCopy">Whether the patient has one copy.</param>
    /// <param name="tilted">Whether rare alleles are drawn more often; the weight makes up for it.</param>
    /// <param name="weight">Multiplied by how much the draw counts.</param>
    public (int First, int Second) Draw(CohortRandom random, int group, bool oneCopy, bool tilted, ref double weight)
    {
        var first = DrawOne(random, group, tilted, ref weight);
        return (first, oneCopy ? -1 : DrawOne(random, group, tilted, ref weight));
    }

    /// <summary>What the interpreter makes of a pair.</summary>
    public GeneCall Call(int first, int second) =>
        _calls.GetOrAdd(first <= second || second < 0 ? (first, second) : (second, first), pair => GeneCall.Of(this, pair.Item1, pair.Item2));

    private static VirtualGene Make(string symbol)
    {
        var (alleles, frequencies) = symbol switch
        {
            RyanodineReceptor.Symbol => RyanodineReceptor.Frequencies(),
            _ => AlleleFrequencies.Of(symbol, ReferenceAllele(symbol)),
        };
        var gene = new VirtualGene(symbol, alleles, frequencies, symbol == "G6PD");
        return gene.IsTypedByAllele ? gene : gene.WithoutUnknownFunctions();
    }

    // An allele of unknown function leaves the phenotype undetermined; no published effect says what follows from it.
    private VirtualGene WithoutUnknownFunctions()
    {
        if (Call(0, 0).Phenotype is null)
            return this;
        int[] kept = [.. Enumerable.Range(0, Alleles.Count).Where(allele => Call(0, allele).Phenotype is not null)];
        var frequencies = _frequencies.Select(each =>
        {
            double[] some = [.. kept.Select(allele => each[allele])];
            var sum = some.Sum();
            return some.Select(frequency => frequency / sum).ToArray();
        });
        return new VirtualGene(Symbol, [.. kept.Select(allele => Alleles[allele])], [.. frequencies], IsXLinked);
    }

    private static string ReferenceAllele(string symbol) => symbol switch
    {
        "VKORC1" => "rs9923231 reference (C)",
        "ABCG2" => "rs2231142 reference (G)",
        "DPYD" => "Reference",
        "G6PD" => "B (reference)",
        "HLA-A" or "HLA-B" => "other",
        _ => "*1",
    };

    private int DrawOne(CohortRandom random, int group, bool tilted, ref double weight)
    {
        var frequencies = _frequencies[group];
        if (!tilted)
            return Pick(frequencies, random.Uniform());

        var allele = Pick(_tilted[group], random.Uniform());
        weight *= frequencies[allele] / _tilted[group][allele];
        return allele;
    }

    private static int Pick(double[] shares, double at)
    {
        for (var i = 0; i < shares.Length; i++)
        {
            at -= shares[i];
            if (at < 0)
                return i;
        }

        return Array.FindLastIndex(shares, static share => share > 0);
    }

    // Only alleles that occur in the group can be drawn, or their weight would be 0.
    private static double[] Tilt(double[] own, double[][] all)
    {
        var flat = new double[own.Length];
        for (var i = 0; i < own.Length; i++)
            flat[i] = own[i] > 0 ? Math.Sqrt(Math.Max(own[i], all.Max(each => each[i]) / 10)) : 0;
        var sum = flat.Sum();
        return [.. own.Zip(flat, (frequency, root) => (1 - TiltedShare) * frequency + TiltedShare * root / sum)];
    }
}
