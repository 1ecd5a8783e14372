namespace DrugResponse.Training.Additive;

/// <summary>
/// Fits an additive model by penalised, iteratively reweighted least squares over all bins of all terms at once. Monotone terms
/// are held by the asymmetric difference penalty of Eilers (Statistica Neerlandica 2005;59:67): a step in the wrong direction is
/// penalised so hard that it vanishes. Everything is deterministic.
/// </summary>
internal sealed class AdditiveFit
{
    private const double CentringPenalty = 1e4;
    private const double WrongStepPenalty = 1e7;
    private const int MaxIterations = 40;
    private const double Tolerance = 1e-4;

    private readonly IReadOnlyList<AdditiveTerm> _terms;
    private readonly TrainingSet _data;
    private readonly Loss _loss;

    // Column 0 is the intercept; term k owns the columns from _first[k]: first its missing bin, then its bins in order.
    private readonly int[] _first;
    private readonly int _columns;
    private readonly int[][] _columnsOfRow;
    private readonly double[] _columnWeights;

    private AdditiveFit(IReadOnlyList<AdditiveTerm> terms, TrainingSet data, Loss loss)
    {
        _terms = terms;
        _data = data;
        _loss = loss;
        _first = new int[terms.Count];
        _columns = 1;
        for (var k = 0; k < terms.Count; k++)
        {
            _first[k] = _columns;
            _columns += terms[k].Cuts.Length + 2;
        }

        _columnsOfRow = [.. data.Rows.Select(ColumnsOf)];
        _columnWeights = new double[_columns];
        for (var n = 0; n < _columnsOfRow.Length; n++)
            foreach (var column in _columnsOfRow[n])
                _columnWeights[column] += data.Weights[n];
    }

    /// <summary>Fits <paramref name="terms"/> to <paramref name="data"/>.</summary>
    public static AdditiveModel Fit(IReadOnlyList<AdditiveTerm> terms, TrainingSet data, Loss loss) =>
        new AdditiveFit(terms, data, loss).Run();

    private AdditiveModel Run()
    {
        var effects = new double[_columns];
        effects[0] = _loss.Start(_data);
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            var system = new SymmetricSystem(_columns);
            AddRows(system, effects, isFirst: iteration == 0);
            for (var k = 0; k < _terms.Count; k++)
                AddPenalties(system, k, iteration == 0 ? null : effects);

            var next = system.Solve();
            var change = next.Zip(effects, static (a, b) => Math.Abs(a - b)).Max();
            effects = next;
            if (change < Tolerance)
                break;
        }

        return ToModel(effects);
    }

    private int[] ColumnsOf(float[] row)
    {
        var columns = new int[_terms.Count];
        for (var k = 0; k < columns.Length; k++)
            columns[k] = _first[k] + _terms[k].BinOf(row[k]);

        return columns;
    }

    private void AddRows(SymmetricSystem system, double[] effects, bool isFirst)
    {
        for (var n = 0; n < _columnsOfRow.Length; n++)
        {
            var columns = _columnsOfRow[n];
            var score = effects[0];
            foreach (var column in columns)
                score += effects[column];

            var (outcome, weight) = isFirst ? _loss.FirstWork(_data.Outcomes[n], score) : _loss.Work(_data.Outcomes[n], score);
            weight *= _data.Weights[n];
            system.Add(0, 0, weight);
            system.AddRight(0, weight * outcome);
            for (var i = 0; i < columns.Length; i++)
            {
                system.AddRight(columns[i], weight * outcome);
                system.Add(columns[i], 0, weight);
                for (var j = 0; j <= i; j++)
                    system.Add(columns[i], columns[j], weight);
            }
        }
    }

    private void AddPenalties(SymmetricSystem system, int k, double[]? effects)
    {
        var term = _terms[k];
        var missing = _first[k];
        var bins = Enumerable.Range(missing + 1, term.Cuts.Length + 1).ToArray();

        system.Add(missing, missing, term.MissingPenalty);
        foreach (var bin in bins)
            system.Add(bin, bin, 1e-6);
        for (var i = 0; i + 1 < bins.Length; i++)
        {
            var wrong = effects is not null && IsWrong(term.Direction, effects[bins[i + 1]] - effects[bins[i]]);
            system.AddOuter(term.StepPenalty + (wrong ? WrongStepPenalty : 0), [bins[i], bins[i + 1]], [-1, 1]);
        }

        for (var i = 0; term.CurvaturePenalty > 0 && i + 2 < bins.Length; i++)
            system.AddOuter(term.CurvaturePenalty, [bins[i], bins[i + 1], bins[i + 2]], [1, -2, 1]);

        var total = bins.Sum(bin => _columnWeights[bin]);
        if (total > 0)
            system.AddOuter(CentringPenalty, bins, [.. bins.Select(bin => _columnWeights[bin] / total)]);
    }

    // A step that the penalty has pressed to nothing stays pressed: it counts as wrong until it clearly turns the right way.
    private static bool IsWrong(Direction direction, double step) => direction switch
    {
        Direction.Rising => step < 1e-9,
        Direction.Falling => step > -1e-9,
        _ => false,
    };

    private AdditiveModel ToModel(double[] effects)
    {
        var shapes = new List<ShapeFunction>(_terms.Count);
        for (var k = 0; k < _terms.Count; k++)
        {
            var term = _terms[k];
            var levels = Array.ConvertAll(effects.AsSpan(_first[k] + 1, term.Cuts.Length + 1).ToArray(), Rounded);
            Straighten(term.Direction, levels);
            shapes.Add(new ShapeFunction(
                term.Feature,
                [.. term.Cuts.Select(static cut => (double)cut), double.PositiveInfinity],
                levels,
                Rounded(effects[_first[k]])));
        }

        return new AdditiveModel(Rounded(effects[0]), shapes);
    }

    // Beyond six decimals lies noise that another processor may round differently. Adding 0 turns -0 into 0.
    private static double Rounded(double effect) => Math.Round(effect, 6) + 0;

    // What the penalty leaves of a wrong step is of the order of 1e-7; a monotone term is monotone exactly.
    private static void Straighten(Direction direction, Span<double> levels)
    {
        for (var i = 1; i < levels.Length; i++)
            if ((direction == Direction.Rising && levels[i] < levels[i - 1])
                || (direction == Direction.Falling && levels[i] > levels[i - 1]))
                levels[i] = levels[i - 1];
    }
}
