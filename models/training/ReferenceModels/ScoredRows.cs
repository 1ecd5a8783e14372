using DrugResponse.Training.Evidence;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>Unseen patients with the truth about each and what the model says. Immutable.</summary>
internal sealed class ScoredRows
{
    private ScoredRows(IReadOnlyList<CohortRow> rows, float[][] given, double[][] amounts, double[] truths, double[] scores)
    {
        Rows = rows;
        Given = given;
        Amounts = amounts;
        Truths = truths;
        Scores = scores;
        Risks = Array.ConvertAll(truths, EffectScale.Probability);
        Predictions = Array.ConvertAll(scores, EffectScale.Probability);
    }

    /// <summary>The patients.</summary>
    public IReadOnlyList<CohortRow> Rows { get; }

    /// <summary>The model's inputs as given.</summary>
    public float[][] Given { get; }

    /// <summary>Amounts of the equation's factors with everything known.</summary>
    public double[][] Amounts { get; }

    /// <summary>Log-odds by the equation.</summary>
    public double[] Truths { get; }

    /// <summary>Log-odds by the model.</summary>
    public double[] Scores { get; }

    /// <summary>Probability by the equation.</summary>
    public double[] Risks { get; }

    /// <summary>Probability by the model.</summary>
    public double[] Predictions { get; }

    /// <summary>Scores patients.</summary>
    public static ScoredRows Of(EndpointModels models, CohortRows patients)
    {
        var teacher = new RiskTeacher(models.Equation, patients);
        var columns = patients.Columns(models.Features);
        var count = patients.Rows.Count;
        var (given, amounts, truths, scores) = (new float[count][], new double[count][], new double[count], new double[count]);
        for (var n = 0; n < count; n++)
        {
            given[n] = CohortRows.Pick(patients.Rows[n].Given, columns);
            amounts[n] = teacher.FullAmounts(patients.Rows[n]);
            truths[n] = models.Central.LogOdds(0, amounts[n]);
            scores[n] = models.Risk.Score(given[n]);
        }

        return new ScoredRows(patients.Rows, given, amounts, truths, scores);
    }
}
