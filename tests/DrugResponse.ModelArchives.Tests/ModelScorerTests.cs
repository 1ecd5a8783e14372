using DrugResponse.ModelArchives.Tests.Support;
using DrugResponse.ModelArchives.Writing;
using DrugResponse.Testing;

namespace DrugResponse.ModelArchives.Tests;

public class ModelScorerTests
{
    public static TheoryData<string> OneScore => [.. Names(kind => kind is not (PredictionKind.None or PredictionKind.Multiclass or PredictionKind.Clustering))];

    public static TheoryData<string> Classes => [.. Names(kind => kind is PredictionKind.Multiclass or PredictionKind.Clustering)];

    [Theory]
    [MemberData(nameof(OneScore))]
    public void Many_rows_by_column_score_as_each_row_alone_to_the_last_bit(string name)
    {
        var fixture = Fixture.Load(name);
        var scorer = ModelArchive.Read(fixture.Archive).Compile();
        var row = scorer.CreateRow();

        foreach (var count in new[] { 0, 1, 15, 16, 17, fixture.Inputs.Rows.Length })
        {
            var predictions = new ModelPrediction[count];

            scorer.Predict(fixture.Columns(scorer, count), predictions);

            for (var line = 0; line < count; line++)
            {
                fixture.Fill(row, line);
                var expected = scorer.Predict(row);

                Assert.Equal(BitConverter.SingleToInt32Bits(expected.Score), BitConverter.SingleToInt32Bits(predictions[line].Score));
                Assert.Equal(expected.Probability, predictions[line].Probability);
                Assert.Equal(expected.PredictedLabel, predictions[line].PredictedLabel);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Class_scores_and_predicted_class_are_those_of_mlnet(string name)
    {
        var fixture = Fixture.Load(name);
        var scorer = ModelArchive.Read(fixture.Archive).Compile();
        var row = scorer.CreateRow();
        var scores = new float[scorer.ClassCount];

        for (var line = 0; line < fixture.Inputs.Rows.Length; line++)
        {
            fixture.Fill(row, line);
            var predicted = scorer.PredictClasses(row, scores);
            var label = fixture.Expected.Cell(line, "PredictedLabel");

            for (var index = 0; index < scores.Length; index++)
            {
                var expected = Fixture.ParseSingle(fixture.Expected.Cell(line, $"Score.{index}"));
                Assert.Equal(expected, scores[index], float.IsFinite(expected) ? 1e-6f * Math.Max(1, Math.Abs(expected)) : 0);
            }

            Assert.True(label == (predicted + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) || label == (predicted < 0 ? "" : scorer.ClassNames[predicted]));
        }
    }

    [Theory]
    [InlineData("sdca-logistic")]
    [InlineData("gam-binary")]
    [InlineData("fasttree-binary")]
    [InlineData("lightgbm-binary-catsplit")]
    public void Predictions_allocate_nothing(string name)
    {
        var fixture = Fixture.Load(name);
        var scorer = ModelArchive.Read(fixture.Archive).Compile();
        var row = scorer.CreateRow();
        var columns = fixture.Columns(scorer, fixture.Inputs.Rows.Length);
        var predictions = new ModelPrediction[columns.RowCount];
        fixture.Fill(row, 0);
        scorer.Predict(row);
        scorer.Predict(columns, predictions);

        var allocated = Allocations.Of(() =>
        {
            for (var round = 0; round < 10; round++)
            {
                scorer.Predict(row);
                scorer.Predict(columns, predictions);
            }
        });

        Assert.Equal(0, allocated);
    }

    [Theory]
    [InlineData("fasttree-binary")]
    [InlineData("nested-chain")]
    [InlineData("lbfgs-maxent")]
    public void Threads_that_share_an_evaluator_do_not_disturb_one_another(string name)
    {
        var fixture = Fixture.Load(name);
        var evaluator = ModelArchive.Read(fixture.Archive).CompileOutputs();

        Parallel.For(0, 8, worker =>
        {
            var row = evaluator.CreateRow();
            for (var line = worker; line < fixture.Inputs.Rows.Length; line++)
            {
                fixture.Fill(row, line);
                Assert.Equal(fixture.Expected.Rows[line], evaluator.Evaluate(row));
            }
        });
    }

    [Fact]
    public void Models_that_take_turns_on_a_thread_keep_their_rows_apart()
    {
        string[] names = ["gam-binary", "gam-regression", "sdca-regression", "fasttree-regression", "ols-regression"];
        var fixtures = Array.ConvertAll(names, Fixture.Load);
        var scorers = Array.ConvertAll(fixtures, fixture => ModelArchive.Read(fixture.Archive).Compile());

        for (var line = 0; line < 100; line++)
        {
            for (var model = 0; model < scorers.Length; model++)
                Assert.Equal(Fixture.ParseSingle(fixtures[model].Expected.Cell(line, "Score")), scorers[model].Predict(fixtures[model].Numbers(scorers[model], line)).Score);
        }
    }

    [Fact]
    public void A_row_of_the_wrong_length_or_of_another_scorer_is_refused()
    {
        var scorer = ModelArchive.Read(Fixture.Load("gam-binary").Archive).Compile();
        var other = ModelArchive.Read(Fixture.Load("gam-regression").Archive).Compile();

        Assert.Throws<ArgumentException>(() => scorer.Predict(new float[scorer.RowLength - 1]));
        Assert.Throws<ArgumentException>(() => scorer.Predict(other.CreateRow()));
        Assert.Throws<ArgumentException>(() => scorer.Predict(other.CreateColumns(1), new ModelPrediction[1]));
        Assert.Throws<ArgumentException>(() => scorer.Predict(scorer.CreateColumns(2), new ModelPrediction[1]));
        Assert.Throws<InvalidOperationException>(() => scorer.PredictClasses(scorer.CreateRow(), []));
    }

    [Fact]
    public void A_span_of_numbers_is_refused_when_an_input_is_text()
    {
        var definition = new ModelDefinition
        {
            Kind = PredictionKind.Regression,
            Inputs = [new CategoricalInput("Color", ["red"])],
            Predictor = new LinearDefinition(0, [1]),
        };
        var scorer = ModelArchive.Read(ModelArchiveWriter.ToBytes(definition)).Compile();

        Assert.False(scorer.AcceptsNumbers);
        Assert.Throws<InvalidOperationException>(() => scorer.Predict([1f]));
    }

    [Fact]
    public void A_multiclass_model_refuses_to_give_one_score()
    {
        var scorer = ModelArchive.Read(Fixture.Load("lbfgs-maxent").Archive).Compile();

        Assert.Throws<InvalidOperationException>(() => scorer.Predict(scorer.CreateRow()));
        Assert.Equal(["high", "low", "medium"], scorer.ClassNames.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Names(Func<PredictionKind, bool> isWanted) =>
        Fixture.Names(Agreement.Exact, Agreement.Rounded).Where(name => isWanted(ModelArchive.Read(Fixture.Load(name).Archive).Kind));
}
