using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors;
using DrugResponse.ModelArchives.Tests.Support;
using DrugResponse.ModelArchives.Transforms;
using DrugResponse.ModelArchives.Transforms.Normalizers;
using DrugResponse.ModelArchives.Writing;

namespace DrugResponse.ModelArchives.Tests.Transforms;

/// <summary>Where ML.NET treats an implicit zero of a sparse vector differently from an explicit one. An indicator vector of four slots is sparse.</summary>
public class SparseVectorTests
{
    [Fact]
    public void Implicit_zeros_are_not_pushed_through_a_cumulative_distribution()
    {
        var sparse = Indicator().Add(
            Normalization.Format,
            Vector("Out", "V", 4),
            ("Normalizer_000", CdfNormalizer.Format, new BodyWriter().Int32(4).Boolean(false).Int32(4).Raw(Singles(0.5f, 4)).Raw(Singles(1, 4))));

        var values = sparse.EvaluateNumbers("2")[^4..];

        Assert.Equal([0, 0.691463f, 0, 0], values, (left, right) => Math.Abs(left - right) < 1e-4);
    }

    [Fact]
    public void Zeros_of_a_dense_vector_are_pushed_through_a_cumulative_distribution()
    {
        var dense = new ChainBuilder().Input("V", ColumnItemType.Single, 2).Add(
            Normalization.Format,
            Vector("Out", "V", 2),
            ("Normalizer_000", CdfNormalizer.Format, new BodyWriter().Int32(4).Boolean(false).Int32(2).Raw(Singles(0.5f, 2)).Raw(Singles(1, 2))));

        Assert.Equal([0.308537f, 0.691463f], dense.EvaluateNumbers("0", "1"), (left, right) => Math.Abs(left - right) < 1e-4);
    }

    [Theory]
    [InlineData(false, "2", new[] { 0f, 0.5f, 0, 0 })]
    [InlineData(true, "2", new[] { 0f, 0.5f - 0.5f, 0, 0 })]
    [InlineData(false, "0", new[] { 0f, 0, 0, 0 })]
    public void Implicit_zeros_are_binned_only_if_a_slot_has_an_offset(bool fixesZero, string key, float[] expected)
    {
        // Bounds -1, 1, infinity: zero and one both fall into bin 1 of 3, which is 0.5; unless zero is fixed, implicit zeros stay 0.
        var chain = Indicator().Add(
            Normalization.Format,
            Vector("Out", "V", 4),
            ("Normalizer_000", BinNormalizer.Format, new BodyWriter().Boolean(fixesZero)),
            ("Normalizer_000/BinNormalizer", BinNormalizer.BoundsFormat,
                new BodyWriter().Int32(4).Int32(4).Each(Enumerable.Range(0, 4), (body, _) => body.Singles([-1, 1, float.PositiveInfinity]))));

        Assert.Equal(expected, chain.EvaluateNumbers(key)[^4..]);
    }

    [Theory]
    [InlineData("3", new[] { -0.5f, -0.5f, 0.5f, -0.5f })]
    [InlineData("0", new[] { -0.5f, -0.5f, -0.5f, -0.5f })]
    public void Implicit_zeros_are_shifted_by_an_affine_normalizer(string key, float[] expected)
    {
        var chain = Indicator().Add(
            Normalization.Format,
            Vector("Out", "V", 4),
            ("Normalizer_000", AffineNormalizer.Format, new BodyWriter().Int32(4).Int32(4).Int32(-1).Singles([1, 1, 1, 1]).Singles([0.5f, 0.5f, 0.5f, 0.5f])));

        Assert.Equal(expected, chain.EvaluateNumbers(key)[^4..]);
    }

    [Fact]
    public void Slots_that_an_affine_normalizer_does_not_list_stay_as_they_are()
    {
        var chain = new ChainBuilder().Input("V", ColumnItemType.Single, 3).Add(
            Normalization.Format,
            Vector("Out", "V", 3),
            ("Normalizer_000", AffineNormalizer.Format, new BodyWriter().Int32(4).Int32(3).Int32s([1]).Singles([2]).Singles([10])));

        Assert.Equal([5f, -10, 7], chain.EvaluateNumbers("5", "5", "7"));
    }

    [Fact]
    public void A_sum_over_a_sparse_vector_runs_in_slot_order_and_one_over_a_dense_vector_in_lanes()
    {
        // From left to right 1 + 1e8 - 1e8 is 0 in Single; lanes add the two large terms first.
        var weights = new float[16];
        (weights[0], weights[4], weights[5]) = (1, 1e8f, -1e8f);
        var body = new BodyWriter().Int32(4).Single(0).Int32(16).Int32s([]).Singles(weights);
        var sparse = new ChainBuilder().Key("A", 4).Key("B", 1).Key("C", 11)
            .Add(KeyToVectorMapping.Format, new BodyWriter().Int32(3).String("A").String("A").String("B").String("B").String("C").String("C").Boolean(false).Boolean(false).Boolean(false))
            .Concatenate("F", "A", "B", "C")
            .Regression("F", 16, LinearPredictor.RegressionFormat, body);
        var dense = new ChainBuilder().Input("F", ColumnItemType.Single, 16).Regression("F", 16, LinearPredictor.RegressionFormat, body);

        Assert.Equal(["0"], sparse.Evaluate("1", "1", "1"));
        Assert.Equal(["1"], dense.Evaluate([.. Enumerable.Range(0, 16).Select(slot => slot is 0 or 4 or 5 ? "1" : "0")]));
    }

    [Fact]
    public void Keys_of_a_vector_are_counted_when_the_bag_flag_is_set()
    {
        var chain = new ChainBuilder().Key("K", 4, 3).Add(KeyToVectorMapping.Format, ChainBuilder.Pair("V", "K").Boolean(true));

        Assert.Equal(["0", "2", "0", "1"], chain.Evaluate("2", "4", "2"));
        Assert.Equal(["0", "0", "0", "0"], chain.Evaluate("", "", ""));
    }

    [Fact]
    public void Keys_of_a_vector_get_slots_of_their_own_when_the_bag_flag_is_not_set()
    {
        var chain = new ChainBuilder().Key("K", 3, 2).Add(KeyToVectorMapping.Format, ChainBuilder.Pair("V", "K").Boolean(false));

        Assert.Equal(["0", "1", "0", "0", "0", "1"], chain.Evaluate("2", "3"));
    }

    [Theory]
    [InlineData("7", new[] { 0f, 1, 1, 0 })]
    [InlineData("1", new[] { 0f, 0, 0, 0 })]
    [InlineData("", new[] { 1f, 1, 1, 1 })]
    public void A_key_becomes_the_bits_of_its_zero_based_number(string key, float[] expected)
    {
        var chain = new ChainBuilder().Key("K", 7).Add(KeyToBinaryMapping.Format, ChainBuilder.Pair("V", "K"));

        Assert.Equal(expected, chain.EvaluateNumbers(key));
    }

    private static ChainBuilder Indicator() => new ChainBuilder().Key("K", 4).Add(KeyToVectorMapping.Format, ChainBuilder.Pair("V", "K").Boolean(false));

    private static BodyWriter Vector(string output, string input, int length) => ChainBuilder.Pair(output, input).Boolean(true).Byte(9).Int32s([length]);

    private static byte[] Singles(float value, int count) => [.. Enumerable.Repeat(BitConverter.GetBytes(value), count).SelectMany(bytes => bytes)];
}
