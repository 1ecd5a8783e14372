using DrugResponse.ModelArchives.Tests.Support;
using DrugResponse.ModelArchives.Transforms;
using DrugResponse.ModelArchives.Writing;

namespace DrugResponse.ModelArchives.Tests;

public class ModelRowTests
{
    [Fact]
    public void Integers_and_booleans_must_be_set()
    {
        var (evaluator, row) = Row();
        row.SetSingle(row.IndexOf("F"), 1);

        var exception = Assert.Throws<ModelInputException>(() => evaluator.Evaluate(row));

        Assert.Contains("'I', 'B'", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("'T'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_cleared_must_be_set_again()
    {
        var (evaluator, row) = Row();
        row.SetInteger(row.IndexOf("I"), 1);
        row.SetBoolean(row.IndexOf("B"), true);
        Assert.Equal(["NaN", "1", "true", "", "NaN", "0"], evaluator.Evaluate(row));

        row.Clear();

        Assert.Throws<ModelInputException>(() => evaluator.Evaluate(row));
    }

    [Theory]
    [InlineData("I", "70000")]
    [InlineData("K", "4")]
    [InlineData("K", "-1")]
    public void Values_beyond_the_type_are_refused(string name, string value)
    {
        var (_, row) = Row();

        Assert.Throws<ArgumentOutOfRangeException>(() => row.SetFromText(row.IndexOf(name), value));
    }

    [Theory]
    [InlineData("F", "one")]
    [InlineData("I", "")]
    [InlineData("B", "yes")]
    [InlineData("D", "1,5")]
    public void Text_that_is_no_value_of_the_type_is_refused(string name, string text)
    {
        var (_, row) = Row();

        Assert.Throws<FormatException>(() => row.SetFromText(row.IndexOf(name), text));
    }

    [Fact]
    public void A_setter_of_another_type_a_wrong_slot_and_an_unknown_name_are_refused()
    {
        var (_, row) = Row();

        Assert.Throws<ArgumentException>(() => row.SetSingle(row.IndexOf("D"), 1));
        Assert.Throws<ArgumentException>(() => row.SetBoolean(row.IndexOf("I"), true));
        Assert.Throws<ArgumentOutOfRangeException>(() => row.SetSingle(row.IndexOf("F"), 1, slot: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => row.SetSingle(99, 1));
        Assert.Throws<ArgumentException>(() => row.IndexOf("f"));
    }

    private static (OutputEvaluator Evaluator, ModelRow Row) Row()
    {
        string[] names = ["F", "I", "B", "T", "D", "K"];
        var evaluator = new ChainBuilder()
            .Input("F", ColumnItemType.Single).Input("I", ColumnItemType.Int16).Input("B", ColumnItemType.Boolean).Input("T", ColumnItemType.Text).Input("D", ColumnItemType.Double).Key("K", 3)
            .Add(ColumnCopying.Format, new BodyWriter().Counted(names, (body, name) => body.String($"{name}Copy").String(name)))
            .Read().CompileOutputs();

        return (evaluator, evaluator.CreateRow());
    }
}
