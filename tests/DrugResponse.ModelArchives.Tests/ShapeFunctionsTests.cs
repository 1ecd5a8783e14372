using DrugResponse.ModelArchives.Predictors;
using DrugResponse.ModelArchives.Tests.Support;
using DrugResponse.ModelArchives.Transforms;
using DrugResponse.ModelArchives.Writing;

namespace DrugResponse.ModelArchives.Tests;

public class ShapeFunctionsTests
{
    /// <summary>Lines at the end of every fixture's inputs that hold huge and infinite values.</summary>
    private const int EdgeLines = 18;

    private static readonly double[] Bounds = [40, 65, double.PositiveInfinity];
    private static readonly double[] Effects = [-0.5, 0.1, 0.75];

    [Fact]
    public void A_written_gam_gives_back_what_it_was_defined_by()
    {
        var shapes = Shapes(
            [new NumericInput("Age"), new NumericInput("Unused"), new NumericInput("Flat"), new NumericInput("Dose")],
            new ShapeFunctionDefinition(Bounds, Effects, MissingEffect: 0.05),
            null,
            new ShapeFunctionDefinition([double.PositiveInfinity], [0.25], MissingEffect: 0.25),
            new ShapeFunctionDefinition([5.5, double.PositiveInfinity], [0.3, -0.2], MissingEffect: 0.3));

        Assert.Equal(-0.25 + 0.25, shapes.Constant);
        Assert.Equal(["Age", "Dose"], shapes.Functions.Select(static function => function.Input));
        Assert.Equal(Bounds, shapes.Functions[0].UpperBounds);
        Assert.Equal(Effects, shapes.Functions[0].Effects);
        Assert.Equal(0.05, shapes.Functions[0].MissingEffect);
        Assert.Equal([5.5, double.PositiveInfinity], shapes.Functions[1].UpperBounds);
        Assert.Equal([0.3, -0.2], shapes.Functions[1].Effects);
        Assert.Equal(0.3, shapes.Functions[1].MissingEffect);
    }

    [Theory]
    [InlineData(12, -0.5)]
    [InlineData(40, -0.5)]
    [InlineData(50, 0.1)]
    [InlineData(1000, 0.75)]
    public void A_missing_value_that_is_replaced_has_the_effect_of_its_replacement(float replacement, double effect)
    {
        var shapes = Shapes(
            [new NumericInput("Age") { Replacement = replacement }], new ShapeFunctionDefinition(Bounds, Effects, MissingEffect: 9));

        Assert.Equal(effect, Assert.Single(shapes.Functions).MissingEffect);
        Assert.Equal(Effects, shapes.Functions[0].Effects);
    }

    [Theory]
    [InlineData("gam-binary")]
    [InlineData("gam-regression")]
    public void Functions_of_an_archive_of_real_mlnet_add_up_to_its_scores(string name)
    {
        var fixture = Fixture.Load(name);
        var scorer = ModelArchive.Read(fixture.Archive).Compile();
        var shapes = scorer.GetShapeFunctions();
        var names = scorer.Inputs.Select(static input => input.Name).ToList();

        Assert.NotEmpty(shapes.Functions);
        for (var line = 0; line < fixture.Inputs.Rows.Length - EdgeLines; line++)
        {
            var row = fixture.Numbers(scorer, line);
            var sum = shapes.Constant + shapes.Functions.Sum(function => EffectOf(function, row[names.IndexOf(function.Input)]));

            Assert.Equal(scorer.Predict(row).Score, sum, 1e-5);
        }
    }

    [Theory]
    [InlineData("sdca-logistic", "Linear2CExec")]
    [InlineData("fasttree-regression", "FastTreeRegressionExec")]
    [InlineData("lbfgs-maxent", "several scores")]
    public void A_model_of_another_kind_says_so(string name, string found)
    {
        var scorer = ModelArchive.Read(Fixture.Load(name).Archive).Compile();

        var exception = Assert.Throws<ExplanationUnavailableException>(() => scorer.GetShapeFunctions());

        Assert.Contains(found, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_that_makes_several_features_is_refused()
    {
        var scorer = new ChainBuilder()
            .Input("Age", ColumnItemType.Single)
            .Concatenate("F", "Age", "Age")
            .Regression("F", 2, GamPredictor.RegressionFormat, GamOverTwoSlots())
            .Read().Compile();

        var exception = Assert.Throws<ExplanationUnavailableException>(() => scorer.GetShapeFunctions());

        Assert.Contains("'Age'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feature_that_is_computed_is_refused()
    {
        var scorer = new ChainBuilder()
            .Input("Age", ColumnItemType.Single)
            .Input("Given", ColumnItemType.Boolean)
            .Add(TypeConversion.Format, ChainBuilder.Pair("Number", "Given").Byte((byte)ColumnItemType.Single))
            .Concatenate("F", "Age", "Number")
            .Regression("F", 2, GamPredictor.RegressionFormat, GamOverTwoSlots())
            .Read().Compile();

        var exception = Assert.Throws<ExplanationUnavailableException>(() => scorer.GetShapeFunctions());

        Assert.Contains("Feature 1 is computed", exception.Message, StringComparison.Ordinal);
    }

    // Two functions of two bins each, split at 40.
    private static BodyWriter GamOverTwoSlots() => new BodyWriter()
        .Int32(2).Int32(2).Double(1)
        .Doubles([0, 1]).Doubles([0, 2])
        .Double(40).Double(double.PositiveInfinity).Double(40).Double(double.PositiveInfinity)
        .Int32(2).Int32(0).Int32(0).Int32(1).Int32(1);

    private static double EffectOf(InputShapeFunction function, float value) => float.IsNaN(value)
        ? function.MissingEffect
        : function.Effects[function.UpperBounds.TakeWhile(bound => bound < value).Count()];

    private static ShapeFunctions Shapes(IReadOnlyList<InputDefinition> inputs, params ShapeFunctionDefinition?[] functions) =>
        ModelArchive.Read(ModelArchiveWriter.ToBytes(Definition(inputs, functions))).Compile().GetShapeFunctions();

    private static ModelDefinition Definition(IReadOnlyList<InputDefinition> inputs, params ShapeFunctionDefinition?[] functions) => new()
    {
        Kind = PredictionKind.Regression,
        Inputs = inputs,
        Predictor = new GamDefinition(-0.25, functions),
    };
}
