using DrugResponse.ModelArchives.Tests.Support;
using DrugResponse.ModelArchives.Writing;

namespace DrugResponse.ModelArchives.Tests;

public class ExplanationTests
{
    /// <summary>Lines at the end of every fixture's inputs that hold huge and infinite values: sums of such terms agree only relative to them.</summary>
    private const int EdgeLines = 18;

    [Theory]
    [InlineData("gam-binary")]
    [InlineData("gam-regression")]
    [InlineData("sdca-logistic")]
    [InlineData("lbfgs-poisson")]
    [InlineData("lbfgs-logistic-vector-input")]
    [InlineData("nested-chain")]
    [InlineData("prior-binary")]
    public void Contributions_of_additive_models_add_up_to_the_raw_score_without_a_background(string name)
    {
        var fixture = Fixture.Load(name);
        var scorer = ModelArchive.Read(fixture.Archive).Compile();
        var row = scorer.CreateRow();

        for (var line = 0; line < fixture.Inputs.Rows.Length - EdgeLines; line++)
        {
            fixture.Fill(row, line);
            var explanation = scorer.Explain(row);
            double score = scorer.Predict(row).Score;

            Assert.Equal(scorer.Inputs.Count, explanation.Contributions.Count);
            Assert.Equal(name == "lbfgs-poisson" ? Math.Log(score) : score, explanation.RawScore, 1e-5);
        }
    }

    [Theory]
    [InlineData("fasttree-binary")]
    [InlineData("fasttree-binary-catsplit")]
    [InlineData("fasttree-regression")]
    [InlineData("fasttree-ranking")]
    [InlineData("fastforest-binary")]
    [InlineData("fastforest-regression")]
    [InlineData("lightgbm-binary")]
    [InlineData("lightgbm-binary-catsplit")]
    [InlineData("lightgbm-regression")]
    [InlineData("gam-binary")]
    [InlineData("sdca-regression")]
    [InlineData("nested-chain")]
    public void Contributions_against_a_background_add_up_to_the_raw_score(string name)
    {
        var fixture = Fixture.Load(name);
        var scorer = ModelArchive.Read(fixture.Archive).Compile();
        var background = Rows(fixture, scorer, 0, 40);
        var explainer = scorer.CreateExplainer(background);
        var mean = background.Average(row => (double)scorer.Predict(row).Score);

        foreach (var row in Rows(fixture, scorer, 40, 60))
        {
            var explanation = explainer.Explain(row);
            var score = scorer.Predict(row).Score;

            Assert.Equal(mean, explanation.Baseline, 1e-5 * Math.Max(1, Math.Abs(mean)));
            Assert.Equal(score, explanation.RawScore, 1e-6 * Math.Max(1, Math.Abs(score)));
        }
    }

    [Fact]
    public void A_row_of_the_background_itself_is_explained_by_nothing_when_it_is_the_whole_background()
    {
        var fixture = Fixture.Load("fasttree-binary");
        var scorer = ModelArchive.Read(fixture.Archive).Compile();
        var row = Rows(fixture, scorer, 3, 1);

        var explanation = scorer.CreateExplainer(row).Explain(row[0]);

        Assert.All(explanation.Contributions, contribution => Assert.Equal(0, contribution));
    }

    [Fact]
    public void Contributions_of_a_categorical_input_are_the_sum_over_its_slots()
    {
        var definition = new ModelDefinition
        {
            Kind = PredictionKind.Regression,
            Inputs = [new CategoricalInput("Color", ["red", "green"]), new NumericInput("Size")],
            Predictor = new LinearDefinition(1, [2, -3, 0.5f]),
        };
        var scorer = ModelArchive.Read(ModelArchiveWriter.ToBytes(definition)).Compile();

        Assert.Equal([-3.0, 2.0], Explain("green", 4));
        Assert.Equal([0.0, 2.0], Explain("blue", 4));

        IReadOnlyList<double> Explain(string color, float size)
        {
            var row = scorer.CreateRow();
            row.SetText(row.IndexOf("Color"), color);
            row.SetSingle(row.IndexOf("Size"), size);

            return scorer.Explain(row).Contributions;
        }
    }

    [Fact]
    public void A_tree_ensemble_refuses_to_explain_without_a_background()
    {
        var scorer = ModelArchive.Read(Fixture.Load("fasttree-two-leaves").Archive).Compile();

        var exception = Assert.Throws<ExplanationUnavailableException>(() => scorer.Explain(new float[scorer.RowLength]));

        Assert.Contains("background", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ExplanationUnavailableException>(() => scorer.CreateExplainer((IReadOnlyList<float[]>)[]));
    }

    [Theory]
    [InlineData("ldsvm-binary")]
    [InlineData("lbfgs-maxent")]
    [InlineData("kmeans")]
    public void Other_models_refuse_to_explain(string name)
    {
        var scorer = ModelArchive.Read(Fixture.Load(name).Archive).Compile();

        Assert.Throws<ExplanationUnavailableException>(() => scorer.CreateExplainer([scorer.CreateRow()]));
    }

    [Fact]
    public void More_than_100_background_rows_are_refused()
    {
        var scorer = ModelArchive.Read(Fixture.Load("fasttree-two-leaves").Archive).Compile();
        var row = new float[scorer.RowLength];

        Assert.Throws<ArgumentException>(() => scorer.CreateExplainer(Enumerable.Repeat(row, 101).ToArray()));
        Assert.NotNull(scorer.CreateExplainer(Enumerable.Repeat(row, 100).ToArray()).Explain(row));
    }

    private static ModelRow[] Rows(Fixture fixture, ModelScorer scorer, int first, int count) =>
    [
        .. Enumerable.Range(first, count).Select(line =>
        {
            var row = scorer.CreateRow();
            fixture.Fill(row, line);

            return row;
        }),
    ];
}
