using BenchmarkDotNet.Attributes;
using DrugResponse.ModelArchives;
using DrugResponse.ModelArchives.Writing;

namespace DrugResponse.Benchmarks.ModelArchives;

/// <summary>1,024 rows given as columns, per row, on one thread and on two; the baseline scores them row by row.</summary>
[MemoryDiagnoser]
public class BatchBenchmarks
{
    private readonly ModelPrediction[][] _predictions = [new ModelPrediction[Ensembles.Rows], new ModelPrediction[Ensembles.Rows]];
    private float[][] _rows = [];
    private ModelScorer _scorer = null!;
    private ModelColumns _columns = null!;

    /// <summary>Kind of model.</summary>
    [Params("linear", "gam", "trees-100", "trees-1000")]
    public string Model { get; set; } = "";

    /// <summary>Makes the model and the columns, and checks that both ways agree.</summary>
    [GlobalSetup]
    public void Setup()
    {
        PredictorDefinition definition = Model switch
        {
            "linear" => Ensembles.Linear(),
            "gam" => Ensembles.Gam(),
            "trees-100" => Ensembles.Trees(100),
            _ => Ensembles.Trees(1000),
        };
        _rows = Ensembles.RandomRows();
        _scorer = ModelArchive.Read(Ensembles.Archive(definition)).Compile();
        _columns = _scorer.CreateColumns(Ensembles.Rows);
        for (var input = 0; input < _scorer.Inputs.Count; input++)
        {
            var feature = int.Parse(_scorer.Inputs[input].Name.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
            _columns.SetSingles(input, _rows.Select(row => row[feature]).ToArray());
        }

        _scorer.Predict(_columns, _predictions[0]);
        if (_rows.Index().Any(row => _scorer.Predict(row.Item) != _predictions[0][row.Index]))
            throw new InvalidOperationException("The two ways disagree.");
    }

    /// <summary>Row by row.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Ensembles.Rows)]
    public void Rows()
    {
        for (var i = 0; i < _rows.Length; i++)
            _predictions[0][i] = _scorer.Predict(_rows[i]);
    }

    /// <summary>By column, one thread.</summary>
    [Benchmark(OperationsPerInvoke = Ensembles.Rows)]
    public void Columns() => _scorer.Predict(_columns, _predictions[0]);

    /// <summary>By column, the same columns on two threads at once.</summary>
    [Benchmark(OperationsPerInvoke = 2 * Ensembles.Rows)]
    public void ColumnsOnTwoThreads() => Parallel.For(0, 2, thread => _scorer.Predict(_columns, _predictions[thread]));
}
