using DrugResponse.Training.Evidence;

namespace DrugResponse.Training.Tests.Evidence;

public class RiskTermTests
{
    [Theory]
    [InlineData("f = 1", 1, 1)]
    [InlineData("f = 1", 0, 0)]
    [InlineData("f = 1", 2, 0)]
    [InlineData("f >= 65", 65, 1)]
    [InlineData("f >= 65", 64.9, 0)]
    [InlineData("f < 60", 60, 0)]
    [InlineData("f < 60", 59.9, 1)]
    [InlineData("f 45..60", 45, 1)]
    [InlineData("f 45..60", 60, 0)]
    [InlineData("f per 10 from 60 within 20..90", 70, 1)]
    [InlineData("f per 10 from 60 within 20..90", 100, 3)]
    [InlineData("f per 10 from 60 within 20..90", 40, -2)]
    [InlineData("f per 1 from 0", 2, 2)]
    [InlineData("f ramp 50..70", 50, 0)]
    [InlineData("f ramp 50..70", 60, 0.5)]
    [InlineData("f ramp 50..70", 90, 1)]
    [InlineData("always", 0, 1)]
    public void The_amount_follows_the_feature(string text, double value, double amount) =>
        Assert.Equal(amount, RiskTerm.Parse(text).Amount(value), 12);

    [Fact]
    public void A_missing_value_has_no_amount_unless_everybody_has_it()
    {
        Assert.True(double.IsNaN(RiskTerm.Parse("f >= 1").Amount(double.NaN)));
        Assert.Equal(1, RiskTerm.Parse("always").Amount(double.NaN));
    }

    [Theory]
    [InlineData("")]
    [InlineData("f")]
    [InlineData("f > 1")]
    [InlineData("f per 10")]
    [InlineData("f = one")]
    public void What_is_no_term_is_refused(string text) => Assert.Throws<FormatException>(() => RiskTerm.Parse(text));
}
