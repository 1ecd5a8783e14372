using BenchmarkDotNet.Attributes;
using DrugResponse.ModelArchives;

namespace DrugResponse.Benchmarks.ModelArchives;

/// <summary>One row through a tree ensemble of 20 leaves a tree, a new row each time so that no branch can be learned by heart.</summary>
[MemoryDiagnoser]
public class TreeBenchmarks
{
    private ModelScorer _scorer = null!;
    private RecursiveTrees _recursion = null!;
    private float[][] _rows = [];
    private int _next;

    /// <summary>Number of trees.</summary>
    [Params(100, 1000)]
    public int Trees { get; set; }

    /// <summary>Builds both forms and checks that they agree.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var definition = Ensembles.Trees(Trees);
        _rows = Ensembles.RandomRows();
        _scorer = ModelArchive.Read(Ensembles.Archive(definition)).Compile();
        _recursion = new RecursiveTrees(definition);
        if (_rows.Any(row => (float)_recursion.Score(row) != _scorer.Predict(row).Score))
            throw new InvalidOperationException("The two forms disagree.");
    }

    /// <summary>Recursion over node objects.</summary>
    [Benchmark(Baseline = true)]
    public double Recursion() => _recursion.Score(_rows[_next++ & (Ensembles.Rows - 1)]);

    /// <summary>The library's scorer, calibration included.</summary>
    [Benchmark]
    public float Scorer() => _scorer.Predict(_rows[_next++ & (Ensembles.Rows - 1)]).Score;
}
