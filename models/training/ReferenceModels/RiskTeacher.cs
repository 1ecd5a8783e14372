using DrugResponse.Training.Evidence;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>What the risk equation says about the rows of a cohort. Immutable.</summary>
internal sealed class RiskTeacher
{
    private readonly RiskEquation _equation;
    private readonly int[] _columns;

    /// <summary>Makes a teacher.</summary>
    /// <param name="equation">The equation.</param>
    /// <param name="rows">Rows whose columns hold the equation's features.</param>
    public RiskTeacher(RiskEquation equation, CohortRows rows)
    {
        _equation = equation;
        _columns = rows.Columns(equation.Factors.Select(factor => factor.Feature?.Name ?? rows.Features[0].Name));
    }

    /// <summary>Amounts of the factors in a row; NaN where the feature is missing.</summary>
    public double[] Amounts(float[] row)
    {
        var amounts = new double[_columns.Length];
        for (var k = 0; k < amounts.Length; k++)
            amounts[k] = _equation.Factors[k].Term.Amount(row[_columns[k]]);
        return amounts;
    }

    /// <summary>Amounts of the factors in a patient of whom everything is known.</summary>
    /// <exception cref="InvalidOperationException">A feature is missing although everything is known.</exception>
    public double[] FullAmounts(CohortRow row)
    {
        var amounts = Amounts(row.Full);
        var missing = Array.FindIndex(amounts, double.IsNaN);
        return missing < 0
            ? amounts
            : throw new InvalidOperationException(
                $"{_equation.Evidence.Id}: {_equation.Factors[missing].Feature!.Name} is missing in a virtual patient of whom everything is known.");
    }

    /// <summary>Amounts of the factors in a population sample, for the equation's intercept.</summary>
    public PopulationAmounts Population(IEnumerable<CohortRow> rows)
    {
        var sample = rows.ToList();
        return new PopulationAmounts([.. sample.Select(FullAmounts)], [.. sample.Select(static row => row.Weight)]);
    }
}
