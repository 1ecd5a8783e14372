using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Tests.Support;
using DrugResponse.ModelArchives.Transforms;

namespace DrugResponse.ModelArchives.Tests.Transforms;

public class TypeConversionTests
{
    [Theory]
    [InlineData("", "0")]
    [InlineData("   ", "0")]
    [InlineData("1.5", "1.5")]
    [InlineData("-.5", "-0.5")]
    [InlineData("5.", "5")]
    [InlineData("+2e3", "2000")]
    [InlineData("1e40", "Infinity")]
    [InlineData("-1e40", "-Infinity")]
    [InlineData("12 ", "12")]
    [InlineData(" 7", "7")]
    [InlineData(" 12", "NaN")]
    [InlineData("?", "NaN")]
    [InlineData("NaN", "NaN")]
    [InlineData("Infinity", "Infinity")]
    [InlineData("-Infinity", "-Infinity")]
    [InlineData("\u221E", "Infinity")]
    [InlineData("-\u221E", "-Infinity")]
    [InlineData("inf", "NaN")]
    [InlineData("nan", "NaN")]
    [InlineData("NA", "NaN")]
    [InlineData("1,5", "NaN")]
    [InlineData("0x10", "NaN")]
    [InlineData("1 2", "NaN")]
    [InlineData("(3)", "NaN")]
    public void Text_becomes_a_real_number(string text, string expected)
    {
        Assert.Equal(expected, Convert(ColumnItemType.Text, ColumnItemType.Single, text));
        Assert.Equal(expected is "Infinity" or "-Infinity" && text.Contains('e', StringComparison.Ordinal) ? text.Replace("1e40", "1E+40", StringComparison.Ordinal) : expected, Convert(ColumnItemType.Text, ColumnItemType.Double, text));
    }

    [Theory]
    [InlineData(ColumnItemType.Text, ColumnItemType.Byte, "255", "255")]
    [InlineData(ColumnItemType.Text, ColumnItemType.Byte, "256", "0")]
    [InlineData(ColumnItemType.Text, ColumnItemType.UInt32, "-1", "0")]
    [InlineData(ColumnItemType.Text, ColumnItemType.UInt32, " 1", "0")]
    [InlineData(ColumnItemType.Text, ColumnItemType.UInt64, "18446744073709551615", "18446744073709551615")]
    [InlineData(ColumnItemType.Text, ColumnItemType.Int32, "", "0")]
    [InlineData(ColumnItemType.Text, ColumnItemType.Int32, "-12", "-12")]
    [InlineData(ColumnItemType.Text, ColumnItemType.Boolean, "YES", "true")]
    [InlineData(ColumnItemType.Text, ColumnItemType.Boolean, "+1", "true")]
    [InlineData(ColumnItemType.Text, ColumnItemType.Boolean, " true", "false")]
    [InlineData(ColumnItemType.Text, ColumnItemType.Boolean, "maybe", "false")]
    [InlineData(ColumnItemType.Int32, ColumnItemType.SByte, "200", "-56")]
    [InlineData(ColumnItemType.Int64, ColumnItemType.Int16, "-70000", "-4464")]
    [InlineData(ColumnItemType.UInt32, ColumnItemType.Byte, "300", "0")]
    [InlineData(ColumnItemType.UInt64, ColumnItemType.Single, "18446744073709551615", "1.8446744E+19")]
    [InlineData(ColumnItemType.Int64, ColumnItemType.Double, "-3", "-3")]
    [InlineData(ColumnItemType.Boolean, ColumnItemType.Int32, "true", "1")]
    [InlineData(ColumnItemType.Boolean, ColumnItemType.Text, "true", "True")]
    [InlineData(ColumnItemType.Single, ColumnItemType.Boolean, "", "true")]
    [InlineData(ColumnItemType.Single, ColumnItemType.Boolean, "0", "false")]
    [InlineData(ColumnItemType.Single, ColumnItemType.Text, "0.1", "0.1")]
    [InlineData(ColumnItemType.Double, ColumnItemType.Text, "0.1", "0.10000000000000001")]
    [InlineData(ColumnItemType.Int32, ColumnItemType.Int32, "5", "5")]
    public void A_value_converts_by_the_rules_of_the_format(ColumnItemType from, ColumnItemType to, string value, string expected)
    {
        Assert.Equal(expected, Convert(from, to, value));
    }

    [Theory]
    [InlineData(ColumnItemType.Single, ColumnItemType.Int32)]
    [InlineData(ColumnItemType.Int32, ColumnItemType.UInt32)]
    [InlineData(ColumnItemType.UInt32, ColumnItemType.Int64)]
    [InlineData(ColumnItemType.Boolean, ColumnItemType.Byte)]
    public void A_conversion_that_the_format_lacks_is_refused(ColumnItemType from, ColumnItemType to)
    {
        Assert.Throws<ModelArchiveFormatException>(() => Chain(from, to).Read());
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("+1")]
    [InlineData("1.0")]
    [InlineData("3000000000")]
    public void A_text_that_is_no_signed_integer_is_an_error_of_the_row(string text)
    {
        Assert.Throws<ModelInputException>(() => Convert(ColumnItemType.Text, ColumnItemType.Int32, text));
    }

    [Theory]
    [InlineData("0", "1")]
    [InlineData("4", "5")]
    [InlineData("5", "0")]
    [InlineData("", "0")]
    [InlineData("x", "0")]
    public void Text_becomes_a_key_by_its_zero_based_number(string text, string expected)
    {
        var chain = new ChainBuilder().Input("In", ColumnItemType.Text).Add(TypeConversion.Format, ChainBuilder.Pair("Out", "In").Byte(0x80 | 6).UInt64(5));

        Assert.Equal([expected], chain.Evaluate(text));
    }

    [Fact]
    public void The_range_of_a_key_is_stated_as_bounds_before_version_1_4()
    {
        var format = TypeConversion.Format with { Written = ComponentVersion.Of(1, 3), Readable = ComponentVersion.Of(1, 3) };
        var chain = new ChainBuilder().Key("In", 5).Add(format, ChainBuilder.Pair("Out", "In").Byte(0x80 | 4).UInt64(0).UInt64(4).Boolean(true));

        Assert.Equal(["3"], chain.Evaluate("3"));
        Assert.Equal(5UL, chain.Read().CompileOutputs().Outputs[0].KeyCardinality);
    }

    [Fact]
    public void A_key_of_another_cardinality_is_refused()
    {
        var chain = new ChainBuilder().Key("In", 5).Add(TypeConversion.Format, ChainBuilder.Pair("Out", "In").Byte(0x80 | 6).UInt64(6));

        Assert.Throws<ModelArchiveFormatException>(chain.Read);
    }

    private static string Convert(ColumnItemType from, ColumnItemType to, string value) => Chain(from, to).Evaluate(value)[0];

    private static ChainBuilder Chain(ColumnItemType from, ColumnItemType to) =>
        new ChainBuilder().Input("In", from).Add(TypeConversion.Format, ChainBuilder.Pair("Out", "In").Byte((byte)to));
}
