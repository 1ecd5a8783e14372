namespace DrugResponse.Storage.Tests;

public sealed class TenantNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("7")]
    [InlineData("acme-pharmacy-2")]
    [InlineData("a-")]
    public void A_name_is_read_as_written(string text) => Assert.Equal(text, TenantName.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("Acme")]
    [InlineData("a~b")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("ä")]
    [InlineData("٣")]
    public void Other_text_is_no_name(string? text) => Assert.False(TenantName.TryParse(text, out _));

    [Fact]
    public void A_name_has_at_most_63_characters()
    {
        Assert.True(TenantName.TryParse(new string('a', 63), out _));
        Assert.False(TenantName.TryParse(new string('a', 64), out _));
        Assert.Throws<FormatException>(() => TenantName.Parse(new string('a', 64)));
    }

    [Fact]
    public void The_default_value_cannot_be_used() => Assert.Throws<InvalidOperationException>(() => default(TenantName).ToString());
}
