using BenchmarkDotNet.Attributes;
using DrugResponse.ModelArchives;

namespace DrugResponse.Benchmarks.ModelArchives;

/// <summary>One row of twenty features through the additive models, and opening their archives up to the first score.</summary>
[MemoryDiagnoser]
public class AdditiveBenchmarks
{
    private readonly float[] _weights = new float[Ensembles.Features];
    private byte[] _gamArchive = [];
    private byte[] _treeArchive = [];
    private ModelScorer _linear = null!;
    private ModelScorer _gam = null!;
    private float[][] _rows = [];
    private int _next;

    /// <summary>Makes the models.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _rows = Ensembles.RandomRows();
        _linear = ModelArchive.Read(Ensembles.Archive(Ensembles.Linear())).Compile();
        _gamArchive = Ensembles.Archive(Ensembles.Gam());
        _gam = ModelArchive.Read(_gamArchive).Compile();
        _treeArchive = Ensembles.Archive(Ensembles.Trees(100));
    }

    /// <summary>Lower bound: a loop of twenty products and one exponential.</summary>
    [Benchmark(Baseline = true)]
    public float FlatLoop()
    {
        var row = _rows[_next++ & (Ensembles.Rows - 1)];
        var sum = 0f;
        for (var i = 0; i < row.Length; i++)
            sum += row[i] * _weights[i];
        return 1 / (1 + MathF.Exp(-sum));
    }

    /// <summary>Linear model with Platt calibration.</summary>
    [Benchmark]
    public float Linear() => _linear.Predict(_rows[_next++ & (Ensembles.Rows - 1)]).Probability;

    /// <summary>GAM of 16 bins a feature with Platt calibration.</summary>
    [Benchmark]
    public float Gam() => _gam.Predict(_rows[_next++ & (Ensembles.Rows - 1)]).Probability;

    /// <summary>GAM, explained.</summary>
    [Benchmark]
    public double ExplainGam() => _gam.Explain(_rows[_next++ & (Ensembles.Rows - 1)]).Baseline;

    /// <summary>GAM archive from bytes to the first score.</summary>
    [Benchmark]
    public float LoadGam() => ModelArchive.Read(_gamArchive).Compile().Predict(_rows[0]).Score;

    /// <summary>Archive of 100 trees from bytes to the first score.</summary>
    [Benchmark]
    public float LoadTrees() => ModelArchive.Read(_treeArchive).Compile().Predict(_rows[0]).Score;
}
