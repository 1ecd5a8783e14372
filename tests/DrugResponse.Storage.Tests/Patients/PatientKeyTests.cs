using DrugResponse.Storage.Patients;

namespace DrugResponse.Storage.Tests.Patients;

public sealed class PatientKeyTests
{
    [Fact]
    public void A_new_key_is_another_each_time_and_is_read_from_its_text()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => PatientKey.New()).ToArray();

        Assert.Equal(100, keys.Distinct().Count());
        Assert.All(keys, key =>
        {
            Assert.Matches("^[A-Za-z0-9_-]{22}$", key.ToString());
            Assert.True(PatientKey.TryParse(key.ToString(), out var parsed));
            Assert.Equal(key, parsed);
        });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("BAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("BAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("BAAAAAAAAAAAAAAAAAAA+A")]
    [InlineData("BAAAAAAAAAAAAAAAAAA A=")]
    [InlineData("BAAAAAAAAAAAAAAAAAAAA\n")]
    public void Other_text_is_no_key(string? text) => Assert.False(PatientKey.TryParse(text, out _));

    [Fact]
    public void The_default_value_cannot_be_used() => Assert.Throws<InvalidOperationException>(() => default(PatientKey).ToString());
}
