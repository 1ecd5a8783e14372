using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors;
using DrugResponse.ModelArchives.Predictors.Trees;
using DrugResponse.ModelArchives.Tests.Support;
using DrugResponse.ModelArchives.Transforms;
using DrugResponse.ModelArchives.Writing;

namespace DrugResponse.ModelArchives.Tests.Format;

/// <summary>Layouts that older versions wrote.</summary>
public class VersionTests
{
    [Fact]
    public void A_concatenation_before_1_3_lists_its_aliases_at_the_end()
    {
        var chain = new ChainBuilder().Input("A", ColumnItemType.Single).Input("B", ColumnItemType.Single)
            .Add(Old(ColumnConcatenation.Format, 1, 2), new BodyWriter().Int32(4).Int32(1).String("V").Int32(2).String("B").String("A").Int32(1).String("alias").Int32(-1));

        Assert.Equal(["2", "1"], chain.Evaluate("1", "2"));
    }

    [Fact]
    public void A_term_map_before_1_3_has_no_flags_and_a_vocabulary_of_1_1_no_kinds()
    {
        var chain = new ChainBuilder().Input("T", ColumnItemType.Text)
            .Add(Old(ValueToKeyMapping.Format, 1, 1), ChainBuilder.Pair("K", "T"), ("Vocabulary", Old(ValueToKeyMapping.VocabularyFormat, 1, 1), new BodyWriter().Int32(1).Int32(2).String("a").String("b")));

        Assert.Equal(["2"], chain.Evaluate("b"));
        Assert.Equal(["0"], chain.Evaluate("B"));
    }

    [Fact]
    public void Keys_to_vectors_of_1_1_start_with_the_size_of_the_float_type()
    {
        var chain = new ChainBuilder().Key("K", 2).Add(Old(KeyToVectorMapping.Format, 1, 1), new BodyWriter().Int32(4).Int32(1).String("V").String("K").Boolean(false));

        Assert.Equal(["0", "1"], chain.Evaluate("2"));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(1, 3)]
    [InlineData(1, 4)]
    [InlineData(1, 5)]
    public void Trees_of_every_version_have_the_fields_of_that_version(int major, int minor)
    {
        var version = ComponentVersion.Of(major, minor);
        var body = Tree(0, version, TreeFormat.FastTreeRegression);
        var chain = new ChainBuilder().Input("F", ColumnItemType.Single, 2).Regression("F", 2, Old(TreeFormat.FastTreeRegression.Component, major, minor), body);

        Assert.Equal(["0.25"], chain.Evaluate("1", "0"));
        Assert.Equal(["0.75"], chain.Evaluate("2", "0"));

        // With defaults a missing value counts as 0.5, without it goes to the second child.
        Assert.Equal([version >= TreeFormat.FastTreeRegression.Defaults ? "0.25" : "0.75"], chain.Evaluate("", "0"));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(1, 3)]
    [InlineData(1, 4)]
    [InlineData(1, 5)]
    [InlineData(1, 6)]
    public void Forests_of_every_version_have_the_fields_of_that_version(int major, int minor)
    {
        var body = Tree(2, ComponentVersion.Of(major, minor), TreeFormat.FastForestBinary);
        var chain = new ChainBuilder().Input("F", ColumnItemType.Single, 2).Binary("F", 2, Old(TreeFormat.FastForestBinary.Component, major, minor), body);

        Assert.Equal(["true", "0.25"], chain.Evaluate("1", "0"));
    }

    [Fact]
    public void A_tweedie_ensemble_gives_the_exponential_of_its_sum()
    {
        var chain = new ChainBuilder().Input("F", ColumnItemType.Single, 2)
            .Regression("F", 2, TreeFormat.FastTreeTweedie.Component, Tree(0, ComponentVersion.Of(1, 3), TreeFormat.FastTreeTweedie));

        Assert.Equal(Math.Exp(0.25), chain.EvaluateNumbers("1", "0")[0], 1e-6);
    }

    [Fact]
    public void Two_leaves_that_point_at_the_first_node_are_a_dummy_that_adds_nothing()
    {
        var body = new BodyWriter().Int32(4).Int32(1).Byte(0).Int32(2).Double(0).Double(1).Int32s([0]).Int32s([0]).Int32s([0]).Int32s([]).Int32s([])
            .Singles([0]).Singles([]).Doubles([5, 6]).Doubles([]).Doubles([]).Doubles([]).Double(0).String(null).String(null).Int32(2);
        var chain = new ChainBuilder().Input("F", ColumnItemType.Single, 2).Regression("F", 2, TreeFormat.FastTreeRegression.Component, body);

        Assert.Equal(["0"], chain.Evaluate());
    }

    [Fact]
    public void A_model_without_any_weight_needs_no_input()
    {
        var body = new BodyWriter().Int32(4).Single(1.5f).Int32(2).Int32s([]).Singles([]);
        var chain = new ChainBuilder().Input("F", ColumnItemType.Single, 2).Regression("F", 2, LinearPredictor.RegressionFormat, body);

        Assert.Equal(["1.5"], chain.Evaluate());
        Assert.Equal(1.5, chain.Read().Compile().Explain([]).Baseline);
    }

    [Fact]
    public void A_sparse_multiclass_model_is_read()
    {
        var body = new BodyWriter().Int32(4).Int32(3).Int32(2).Single(0.5f).Single(-0.5f).Int32s([0, 1, 3]).Int32s([2, 0, 1]).Singles([2, 3, 4]);
        var chain = new ChainBuilder().Input("F", ColumnItemType.Single, 3)
            .Add(Old(PredictionTransforms.MulticlassFormat, 1, 1), new BodyWriter().String("F").String(null), ("Model", MulticlassLinearPredictor.LinearFormat, body))
            .TrainSchema(("F", ColumnType.NumberVector(3)));

        Assert.Equal(["2", "6.5", "10.5"], chain.Evaluate("1", "2", "3"));
        Assert.Equal(["1", "6.5", "NaN"], chain.Evaluate("", "2", "3"));
    }

    [Fact]
    public void A_missing_feature_indicator_of_the_old_command_line_gives_value_and_flag_by_turns()
    {
        var chain = new ChainBuilder().Input("V", ColumnItemType.Single, 2).Add(MissingFeatureIndication.Format, new BodyWriter().Int32(4).Int32(1).String("W").String("V"));

        Assert.Equal(["3", "0", "0", "1"], chain.Evaluate("3", ""));
    }

    [Theory]
    [InlineData(0x00020000u, 0x00020000u, "2.0")]
    [InlineData(0x00010000u, 0x00010000u, "1.0")]
    public void Versions_outside_the_readable_range_are_refused(uint written, uint readable, string named)
    {
        var format = ColumnCopying.Format with { Written = new ComponentVersion(written), Readable = new ComponentVersion(readable) };
        var chain = new ChainBuilder().Input("A", ColumnItemType.Single).Add(format, ChainBuilder.Pair("B", "A"));

        var exception = Assert.Throws<UnsupportedComponentException>(chain.Read);

        Assert.Contains(named, exception.Reason, StringComparison.Ordinal);
        Assert.Equal("TransformerChain/Transform_000", exception.Place);
    }

    [Fact]
    public void A_newer_version_that_says_it_is_readable_is_read()
    {
        var format = ColumnCopying.Format with { Written = ComponentVersion.Of(1, 9) };
        var chain = new ChainBuilder().Input("A", ColumnItemType.Single).Add(format, ChainBuilder.Pair("B", "A"));

        Assert.Equal(["7"], chain.Evaluate("7"));
    }

    [Fact]
    public void The_alternative_loader_signature_is_tried_when_the_first_is_unknown()
    {
        var format = ColumnConcatenation.Format with { LoaderSignature = "SomethingNewer" };
        var chain = new ChainBuilder().Input("A", ColumnItemType.Single)
            .Add(format, new BodyWriter().Int32(1).String("V").Int32(1).String("A").String(null));

        Assert.Equal(["7"], chain.Evaluate("7"));
    }

    [Fact]
    public void A_model_signature_that_does_not_fit_the_loader_is_refused()
    {
        var format = ColumnCopying.Format with { ModelSignature = "COPYCOLX" };
        var chain = new ChainBuilder().Input("A", ColumnItemType.Single).Add(format, ChainBuilder.Pair("B", "A"));

        var exception = Assert.Throws<ModelArchiveFormatException>(chain.Read);

        Assert.Equal("TransformerChain/Transform_000/Model.key", exception.Entry);
        Assert.Equal(0x40, exception.Offset);
        Assert.Contains("COPYCOLT", exception.Expected, StringComparison.Ordinal);
        Assert.Contains("COPYCOLX", exception.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_that_is_not_read_to_its_end_is_refused()
    {
        var chain = new ChainBuilder().Input("A", ColumnItemType.Single).Add(ColumnCopying.Format, ChainBuilder.Pair("B", "A").Int32(0));

        var exception = Assert.Throws<ModelArchiveFormatException>(chain.Read);

        Assert.Equal(ModelHeader.Size + 12, exception.Offset);
        Assert.Equal("4 more bytes", exception.Found);
    }

    private static ComponentFormat Old(ComponentFormat format, int major, int minor)
    {
        var version = ComponentVersion.Of(major, minor);

        return format with { Written = version, Readable = version };
    }

    /// <summary>One tree, x[0] at most 1.5 gives 0.25, else 0.75; missing counts as 0.5 where the version has defaults.</summary>
    private static BodyWriter Tree(byte kind, ComponentVersion version, TreeFormat format)
    {
        // Arrays may be longer than the nodes need, by the same count.
        var body = new BodyWriter().Int32(4).Int32(1).Byte(kind).Int32(2).Double(0).Double(1).Int32s([~0, 0]).Int32s([~1, 0]).Int32s([0, 0]);
        if (version >= format.Categories)
            body.Int32s([]);
        body.Int32s([9, 9]).Singles([1.5f]);
        if (version >= format.Defaults)
            body.Singles([0.5f]);
        body.Doubles([0.25, 0.75, 0]).Doubles([]).Doubles([]).Doubles([]);
        if (kind == 2)
            body.Doubles([1, 2, 3]);
        if (kind == 2 && version.IsAtLeast(1, 2))
            body.Doubles([1, 1, 1]);

        body.Double(0).String(null).String(null);

        return version >= format.FeatureCount ? body.Int32(2) : body;
    }
}
