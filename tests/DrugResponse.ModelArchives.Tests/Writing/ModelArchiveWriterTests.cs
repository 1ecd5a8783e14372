using DrugResponse.ModelArchives.Writing;

namespace DrugResponse.ModelArchives.Tests.Writing;

public class ModelArchiveWriterTests
{
    private static readonly ModelDefinition Gam = new()
    {
        Kind = PredictionKind.Binary,
        Inputs = [new NumericInput("Age"), new NumericInput("Unused"), new NumericInput("Dose")],
        Predictor = new GamDefinition(
            -0.25,
            [
                new ShapeFunctionDefinition([40, 65, double.PositiveInfinity], [-0.5, 0.1, 0.75], MissingEffect: 0.05),
                null,
                new ShapeFunctionDefinition([5.5, double.PositiveInfinity], [0.3, -0.2], MissingEffect: 0.3),
            ]),
        Calibration = PlattCalibration.LogOdds,
    };

    [Theory]
    [InlineData(40f, 5f, -0.25 - 0.5 + 0.3)]
    [InlineData(40.5f, 6f, -0.25 + 0.1 - 0.2)]
    [InlineData(100f, float.NaN, -0.25 + 0.75 + 0.3)]
    [InlineData(float.NaN, 6f, -0.25 + 0.05 - 0.2)]
    [InlineData(float.MinValue, float.MaxValue, -0.25 - 0.5 - 0.2)]
    public void A_written_gam_scores_as_defined_when_read_again(float age, float dose, double expected)
    {
        var scorer = ModelArchive.Read(ModelArchiveWriter.ToBytes(Gam)).Compile();

        var prediction = scorer.Predict([age, dose]);

        Assert.Equal((float)expected, prediction.Score, 1e-7);
        Assert.Equal(1 / (1 + Math.Exp(-expected)), prediction.Probability, 1e-7);
        Assert.Equal(expected > 0, prediction.PredictedLabel);
    }

    [Fact]
    public void Only_inputs_with_an_effect_are_asked_for()
    {
        var archive = ModelArchive.Read(ModelArchiveWriter.ToBytes(Gam));

        Assert.Equal(["Age", "Unused", "Dose"], archive.Inputs.Select(input => input.Name));
        Assert.Equal([true, false, true], archive.Inputs.Select(input => input.IsUsed));
        Assert.Equal(["Age", "Dose"], archive.Compile().Inputs.Select(input => input.Name));
        Assert.All(archive.Inputs, input => Assert.True(input.MayBeMissing));
    }

    [Fact]
    public void A_written_linear_model_scores_as_defined_when_read_again()
    {
        var definition = new ModelDefinition
        {
            Kind = PredictionKind.Regression,
            Inputs = [new NumericInput("A"), new NumericInput("B")],
            Predictor = new LinearDefinition(1.5f, [2f, -0.25f]),
        };

        var archive = ModelArchive.Read(ModelArchiveWriter.ToBytes(definition));
        var scorer = archive.Compile();
        var explanation = scorer.Explain([3f, 8f]);

        Assert.Equal(PredictionKind.Regression, archive.Kind);
        Assert.All(archive.Inputs, input => Assert.False(input.MayBeMissing));
        Assert.Equal(1.5f + 6f - 2f, scorer.Predict([3f, 8f]).Score);
        Assert.Equal(1.5, explanation.Baseline);
        Assert.Equal([6.0, -2.0], explanation.Contributions);
    }

    [Fact]
    public void The_same_definition_gives_the_same_bytes()
    {
        Assert.Equal(ModelArchiveWriter.ToBytes(Gam), ModelArchiveWriter.ToBytes(Gam with { Threshold = 0 }));
        Assert.NotEqual(ModelArchiveWriter.ToBytes(Gam), ModelArchiveWriter.ToBytes(Gam with { Threshold = 0.5f }));
    }

    [Fact]
    public void Every_fault_is_named_when_a_definition_is_inconsistent()
    {
        var definition = Gam with
        {
            Kind = PredictionKind.Regression,
            Inputs = [new NumericInput("Age"), new NumericInput("Age"), new NumericInput("")],
        };

        var exception = Assert.Throws<ArgumentException>(() => ModelArchiveWriter.ToBytes(definition));

        Assert.Contains("only a binary model has a calibrator", exception.Message, StringComparison.Ordinal);
        Assert.Contains("input 'Age' occurs 2 times", exception.Message, StringComparison.Ordinal);
        Assert.Contains("an input has no name", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_numbers_are_replaced_and_categories_encoded_when_the_inputs_say_so()
    {
        var definition = new ModelDefinition
        {
            Kind = PredictionKind.Binary,
            Inputs = [new NumericInput("Weight") { Replacement = 70 }, new CategoricalInput("Color", ["red", "dark, \"green\""]), new NumericInput("Size")],
            Predictor = new LinearDefinition(0.5f, [0.01f, 1, 2, 0.25f]),
            Calibration = PlattCalibration.LogOdds,
            Threshold = 1,
        };
        var archive = ModelArchive.Read(ModelArchiveWriter.ToBytes(definition));
        var scorer = archive.Compile();

        Assert.Equal([true, true, false], archive.Inputs.Select(input => input.MayBeMissing));
        Assert.Equal(0.5f + 0.7f + 2 + 0.75f, Score(null, "dark, \"green\"", 3), 1e-6f);
        Assert.Equal(0.5f + 0.8f + 0.75f, Score(80, "RED", 3), 1e-6f);
        Assert.Equal(0.5f + 0.8f + 1 + 0.75f, Score(80, "red", 3), 1e-6f);
        Assert.Equal(float.NaN, Score(80, "", float.NaN));

        float Score(float? weight, string color, float size)
        {
            var row = scorer.CreateRow();
            if (weight is { } value)
                row.SetSingle(row.IndexOf("Weight"), value);
            row.SetText(row.IndexOf("Color"), color);
            row.SetSingle(row.IndexOf("Size"), size);

            return scorer.Predict(row).Score;
        }
    }

    [Theory]
    [InlineData(1f, 5f, 0.1)]
    [InlineData(2f, 5f, 0.2)]
    [InlineData(float.NaN, 5f, 0.2)]
    [InlineData(2f, 7f, 0.4)]
    [InlineData(2f, float.NaN, 0.4)]
    public void A_written_tree_ensemble_scores_as_defined_when_read_again(float a, float b, double expected)
    {
        // Missing B goes right; missing A, where the default is on the left, goes to split 2 and there to the second leaf.
        var definition = new ModelDefinition
        {
            Kind = PredictionKind.Regression,
            Inputs = [new NumericInput("A"), new NumericInput("B")],
            Predictor = new TreeEnsembleDefinition(
            [
                new TreeDefinition(
                    [new SplitDefinition(1, 6, 1, ~2), new SplitDefinition(0, 1.5f, ~0, ~1)],
                    [0.1, 0.2, 0.4]),
                new TreeDefinition([new SplitDefinition(0, 0, ~0, ~1) { MissingGoesFirst = true }], [0, 0]),
            ]),
        };

        var scorer = ModelArchive.Read(ModelArchiveWriter.ToBytes(definition)).Compile();

        Assert.Equal((float)expected, scorer.Predict([a, b]).Score);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-3f)]
    [InlineData(float.MaxValue)]
    public void A_missing_value_goes_where_the_split_says(float threshold)
    {
        foreach (var goesFirst in new[] { true, false })
        {
            var definition = new ModelDefinition
            {
                Kind = PredictionKind.Regression,
                Inputs = [new NumericInput("A")],
                Predictor = new TreeEnsembleDefinition(
                [
                    new TreeDefinition(
                        [new SplitDefinition(0, threshold, 1, ~2) { MissingGoesFirst = goesFirst }, new SplitDefinition(0, threshold, ~0, ~1) { MissingGoesFirst = true }],
                        [1, 2, 3]),
                ]),
            };

            Assert.Equal(goesFirst ? 1 : 3, ModelArchive.Read(ModelArchiveWriter.ToBytes(definition)).Compile().Predict([float.NaN]).Score);
        }
    }

    [Fact]
    public void Trees_that_are_not_trees_are_refused()
    {
        AssertRefused(new SplitDefinition(0, 1, 0, ~1));
        AssertRefused(new SplitDefinition(0, 1, ~0, ~0));
        AssertRefused(new SplitDefinition(0, 1, ~0, ~2));
        AssertRefused(new SplitDefinition(1, 1, ~0, ~1));
        AssertRefused(new SplitDefinition(0, float.NaN, ~0, ~1));

        static void AssertRefused(SplitDefinition split)
        {
            var definition = new ModelDefinition
            {
                Kind = PredictionKind.Regression,
                Inputs = [new NumericInput("A")],
                Predictor = new TreeEnsembleDefinition([new TreeDefinition([split], [1, 2])]),
            };

            Assert.Contains("tree 0", Assert.Throws<ArgumentException>(() => ModelArchiveWriter.ToBytes(definition)).Message, StringComparison.Ordinal);
        }
    }
}
