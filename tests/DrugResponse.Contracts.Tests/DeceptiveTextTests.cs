using DrugResponse.Contracts.Reading;
using Xunit;

namespace DrugResponse.Contracts.Tests;

public sealed class DeceptiveTextTests
{
    [Theory]
    [InlineData("a\u0007b")]
    [InlineData("a\u0085b")]
    [InlineData("a\u00ADb")]
    [InlineData("a\u061Cb")]
    [InlineData("a\u200Bb")]
    [InlineData("a\u200Eb")]
    [InlineData("a\u2028b")]
    [InlineData("a\u2029b")]
    [InlineData("a\u202Eb")]
    [InlineData("a\u2060b")]
    [InlineData("a\u2067b")]
    [InlineData("a\uE000b")]
    [InlineData("a\uFEFFb")]
    [InlineData("a\U000E0041b")]
    [InlineData("a\U0010FFFDb")]
    [InlineData("a\u200Db")]
    [InlineData("\u200Ca")]
    [InlineData("می\u200C\u200Cخواهم")]
    [InlineData("می \u200Cخواهم")]
    public void Finds_what_does_not_show(string text) => Assert.True(DeceptiveText.IsIn(text));

    [Fact]
    public void Finds_half_a_surrogate_pair()
    {
        Assert.True(DeceptiveText.IsIn("a" + '\uD83D'));
        Assert.True(DeceptiveText.IsIn('\uDE00' + "a"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Till 3, Łódź (Süd) – 100 %")]
    [InlineData("薬局 =+-@")]
    [InlineData("\U0001F600")]
    [InlineData("e\u0301")]
    [InlineData("می\u200Cخواهم")]
    [InlineData("क्\u200Dष")]
    [InlineData("ശ്രീമാന്\u200D")]
    public void Leaves_letters_signs_and_the_joiners_that_are_spelling(string text) => Assert.False(DeceptiveText.IsIn(text));
}
