using BenchmarkDotNet.Attributes;
using DrugResponse.ModelArchives;

namespace DrugResponse.Benchmarks.ModelArchives;

/// <summary>One row through a tree ensemble of 20 leaves a tree, a new row each time so that no branch can be learned by heart.</summary>
[MemoryDiagnoser]
public class TreeBenchmarks
{
    private const int Background = 20;

    private ModelScorer _scorer = null!;
    private RecursiveTrees _recursion = null!;
    private float[][] _rows = [];
    private ModelExplainer _explainer = null!;
    private float[] _touched = [];
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
        _explainer = _scorer.CreateExplainer(_rows[..Background]);
        _touched = new float[2 * (int)_rows.Average(_recursion.CountSteps)];
        if (_rows.Any(row => (float)_recursion.Score(row) != _scorer.Predict(row).Score))
            throw new InvalidOperationException("The two forms disagree.");
    }

    /// <summary>Recursion over node objects.</summary>
    [Benchmark(Baseline = true)]
    public double Recursion() => _recursion.Score(_rows[_next++ & (Ensembles.Rows - 1)]);

    /// <summary>The library's scorer, calibration included.</summary>
    [Benchmark]
    public float Scorer() => _scorer.Predict(_rows[_next++ & (Ensembles.Rows - 1)]).Score;

    /// <summary>Lower bound of any walk: as many reads as it makes on average, a threshold and a value a step, in a flat loop.</summary>
    [Benchmark]
    public float MemoryTouches()
    {
        var touched = _touched;
        var sum = 0f;
        for (var i = 0; i < touched.Length; i++)
            sum += touched[i];
        return sum;
    }

    /// <summary>Interventional TreeSHAP over a background of twenty rows.</summary>
    [Benchmark]
    public double Explain() => _explainer.Explain(_rows[_next++ & (Ensembles.Rows - 1)]).Baseline;
}
