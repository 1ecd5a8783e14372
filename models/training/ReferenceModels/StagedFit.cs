using DrugResponse.Training.Additive;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>
/// Fits an additive model in two stages. First the effects of known values, on patients of whom everything is known: there the teacher is
/// additive itself, and what others lack must not bend it. Then, with those fixed, the levels of what is missing and of the companions that
/// say what is left to know, on patients of whom a part is known.
/// </summary>
internal sealed class StagedFit
{
    // Draws levels that hardly any row tells of to no effect; in units of rows.
    private const double Ridge = 0.05;
    private const int Rounds = 60;
    private const double Close = 1e-7;

    private readonly AdditiveModel _known;
    private readonly IReadOnlyList<AdditiveTerm> _terms;
    private readonly int[] _neutral;
    private readonly int[] _first;
    private readonly int _unknowns;

    /// <summary>Prepares the second stage.</summary>
    /// <param name="known">The first stage: shapes of the first terms. Their missing levels do not matter.</param>
    /// <param name="terms">All terms: those of <paramref name="known"/>, then the companions.</param>
    /// <param name="complete">A row of which everything is known: it has the companions' neutral values.</param>
    public StagedFit(AdditiveModel known, IReadOnlyList<AdditiveTerm> terms, float[] complete)
    {
        _known = known;
        _terms = terms;
        _neutral = [.. terms.Select((term, k) => term.BinOf(complete[k]))];
        _first = new int[terms.Count];
        for (var k = 0; k < terms.Count; k++)
        {
            _first[k] = _unknowns;
            _unknowns += IsOwn(k) ? 1 : terms[k].Cuts.Length + 2;
        }
    }

    /// <summary>Score of what is known of a row alone.</summary>
    public double KnownScore(float[] row)
    {
        var score = _known.Intercept;
        for (var k = 0; k < _known.Shapes.Count; k++)
            if (!float.IsNaN(row[k]))
                score += _known.Shapes[k].Effect(row[k]);
        return score;
    }

    /// <summary>Fits what is missing.</summary>
    /// <param name="data">Rows in the order of the terms; those of which everything is known change nothing.</param>
    /// <param name="loss">What is made small.</param>
    /// <param name="longestStep">How far a level may move in one round.</param>
    public AdditiveModel Fit(TrainingSet data, Loss loss, double longestStep)
    {
        var columns = data.Rows.Select(Columns).ToList();
        double[] offsets = [.. data.Rows.Select(KnownScore)];
        var levels = new double[_unknowns];
        for (var round = 0; round < Rounds && _unknowns > 0; round++)
        {
            var system = new SymmetricSystem(_unknowns);
            for (var j = 0; j < _unknowns; j++)
            {
                system.Add(j, j, Ridge);
            }

            for (var n = 0; n < columns.Count; n++)
                Add(system, columns[n], offsets[n], levels, data.Outcomes[n], data.Weights[n], loss);
            var next = system.Solve();
            var change = next.Zip(levels, static (a, b) => Math.Abs(a - b)).Max();
            levels = [.. next.Zip(levels, (to, from) => from + ((to - from) * Math.Min(1, longestStep / change)))];
            if (change < Close)
                break;
        }

        return Assemble(levels);
    }

    private static void Add(
        SymmetricSystem system, int[] columns, double offset, double[] levels, double outcome, double rowWeight, Loss loss)
    {
        if (columns.Length == 0)
            return;
        var score = offset + columns.Sum(column => levels[column]);
        var (working, weight) = loss.Work(outcome, score);
        weight *= rowWeight;
        foreach (var (i, column) in columns.Index())
        {
            system.AddRight(column, weight * (working - offset));
            for (var j = 0; j <= i; j++)
                system.Add(column, columns[j], weight);
        }
    }

    // The unknown levels that a row has: none where a value is known or a companion has nothing to say.
    private int[] Columns(float[] row)
    {
        var columns = new List<int>();
        for (var k = 0; k < _terms.Count; k++)
        {
            var bin = _terms[k].BinOf(row[k]);
            if (IsOwn(k) ? bin == 0 : bin != _neutral[k])
                columns.Add(_first[k] + (IsOwn(k) ? 0 : bin));
        }

        return [.. columns];
    }

    private bool IsOwn(int term) => term < _known.Shapes.Count;

    private AdditiveModel Assemble(double[] levels)
    {
        var shapes = new List<ShapeFunction>();
        for (var k = 0; k < _terms.Count; k++)
        {
            if (IsOwn(k))
            {
                shapes.Add(_known.Shapes[k] with { MissingEffect = Rounded(levels[_first[k]]) });
                continue;
            }

            double[] bins = [.. Enumerable.Range(0, _terms[k].Cuts.Length + 2).Select(bin => bin == _neutral[k] ? 0 : Rounded(levels[_first[k] + bin]))];
            shapes.Add(new ShapeFunction(
                _terms[k].Feature, [.. _terms[k].Cuts.Select(static cut => (double)cut), double.PositiveInfinity], bins[1..], bins[0]));
        }

        return new AdditiveModel(_known.Intercept, shapes);
    }

    private static double Rounded(double level) => Math.Round(level, 6) + 0;
}
