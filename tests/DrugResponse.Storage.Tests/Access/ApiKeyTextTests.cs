using DrugResponse.Storage.Access;

namespace DrugResponse.Storage.Tests.Access;

public sealed class ApiKeyTextTests
{
    private static readonly TenantName Tenant = TenantName.Parse("acme-1");

    [Fact]
    public void A_key_is_read_back_from_its_text_and_fits_its_own_hash_only()
    {
        var key = ApiKeyText.New(Tenant);
        var other = ApiKeyText.New(Tenant);

        Assert.True(ApiKeyText.TryParse(key.Reveal(), out var read));
        Assert.Equal(key.Tenant, read.Tenant);
        Assert.Equal(key.Id, read.Id);
        Assert.True(read.Fits(key.Hash()));
        Assert.False(read.Fits(other.Hash()));
    }

    [Fact]
    public void Equal_secrets_have_different_hashes()
    {
        var key = ApiKeyText.New(Tenant);

        Assert.NotEqual(key.Hash().Value.ToArray(), key.Hash().Value.ToArray());
        Assert.NotEqual(key.Hash().Salt.ToArray(), key.Hash().Salt.ToArray());
    }

    [Fact]
    public void A_key_names_itself_without_its_secret()
    {
        var key = ApiKeyText.New(Tenant);

        Assert.Equal($"acme-1/{key.Id}", key.ToString());
    }

    [Theory]
    [InlineData("{key} ")]
    [InlineData(" {key}")]
    [InlineData("{key}=")]
    [InlineData("{key}.")]
    [InlineData("x{key}")]
    [InlineData("{key}{key}")]
    [InlineData("")]
    [InlineData("...")]
    public void What_is_not_quite_a_key_is_none(string form)
    {
        var text = form.Replace("{key}", ApiKeyText.New(Tenant).Reveal(), StringComparison.Ordinal);

        Assert.False(ApiKeyText.TryParse(text, out _));
    }

    [Fact]
    public void A_key_has_one_text_only()
    {
        var text = ApiKeyText.New(Tenant).Reveal();

        // The last character of 32 bytes in base64url carries two bits that must be zero.
        foreach (var last in "BCDFGHJKLNOPRSTVWXZabdefhijlmnpqrtuvxyz1235679-_")
            Assert.False(ApiKeyText.TryParse(text[..^1] + last, out _));
        Assert.False(ApiKeyText.TryParse(null, out _));
        Assert.False(ApiKeyText.TryParse(text.Replace("acme", "ACME", StringComparison.Ordinal), out _));
    }
}
