using System.Security.Cryptography;
using System.Text;
using DrugResponse.Storage.Protection;
using FsCheck;
using FsCheck.Fluent;

namespace DrugResponse.Storage.Tests.Protection;

public sealed class EnvelopeCipherTests
{
    private static readonly byte[] FirstKey = [.. Enumerable.Range(0, 32).Select(index => (byte)index)];
    private static readonly byte[] SecondKey = [.. Enumerable.Range(100, 32).Select(index => (byte)index)];
    private static readonly EnvelopePlace Place = new(TenantName.Parse("acme"), "requests/1");
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("MRN-0042 takes warfarin");

    private readonly EnvelopeCipher _cipher = new(Ring(1, (1, FirstKey)));

    [Fact]
    public void What_was_sealed_is_given_back() => Prop
        .ForAll(ArbMap.Default.ArbFor<byte[]>(), content => _cipher.Open(Place, _cipher.Seal(Place, content)).AsSpan().SequenceEqual(content))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void An_envelope_tells_nothing_of_its_content_and_no_two_are_alike()
    {
        var envelope = _cipher.Seal(Place, Content);

        Assert.Equal(-1, envelope.AsSpan().IndexOf("0042"u8));
        Assert.Equal(Content.Length + EnvelopeCipher.Overhead, envelope.Length);
        Assert.NotEqual(envelope, _cipher.Seal(Place, Content));
    }

    [Fact]
    public void An_envelope_that_was_changed_anywhere_does_not_open()
    {
        var envelope = _cipher.Seal(Place, Content);

        for (var index = 0; index < envelope.Length; index++)
        {
            var changed = envelope.ToArray();
            changed[index] ^= 1;
            Assert.Throws<InvalidDataException>(() => _cipher.Open(Place, changed));
        }
    }

    [Fact]
    public void An_envelope_that_was_cut_or_made_longer_does_not_open()
    {
        var envelope = _cipher.Seal(Place, Content);

        for (var length = 0; length < envelope.Length; length++)
            Assert.Throws<InvalidDataException>(() => _cipher.Open(Place, envelope.AsSpan(0, length)));
        Assert.Throws<InvalidDataException>(() => _cipher.Open(Place, [.. envelope, 0]));
    }

    [Theory]
    [InlineData("acme", "requests/2")]
    [InlineData("acme", "")]
    [InlineData("other", "requests/1")]
    public void An_envelope_that_was_put_elsewhere_does_not_open(string tenant, string location)
    {
        var envelope = _cipher.Seal(Place, Content);

        Assert.Throws<InvalidDataException>(() => _cipher.Open(new EnvelopePlace(TenantName.Parse(tenant), location), envelope));
    }

    [Fact]
    public void After_a_rotation_old_envelopes_open_and_new_ones_need_the_new_key()
    {
        var rotated = new EnvelopeCipher(Ring(2, (1, FirstKey), (2, SecondKey)));
        var onlyNew = new EnvelopeCipher(Ring(2, (2, SecondKey)));
        var old = _cipher.Seal(Place, Content);

        Assert.Equal(Content, rotated.Open(Place, old));
        Assert.Equal(Content, onlyNew.Open(Place, rotated.Seal(Place, Content)));
        var failure = Assert.Throws<InvalidDataException>(() => onlyNew.Open(Place, old));
        Assert.Contains("version 1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_envelope_is_the_documented_one()
    {
        var envelope = _cipher.Seal(Place, Content);

        var tenantKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, FirstKey, 32, info: Encoding.UTF8.GetBytes("DrugResponse envelope\0acme"));
        using var aes = new AesGcm(HMACSHA256.HashData(tenantKey, envelope.AsSpan(5, 16)), 16);
        var content = new byte[Content.Length];
        aes.Decrypt(
            envelope.AsSpan(21, 12),
            envelope.AsSpan(33, Content.Length),
            envelope.AsSpan(33 + Content.Length),
            content,
            [.. envelope.AsSpan(0, 21), 0, .. "requests/1"u8]);

        Assert.Equal([1, 1, 0, 0, 0], envelope[..5]);
        Assert.Equal(Content, content);
    }

    private static MasterKeyRing Ring(int current, params (int Version, byte[] Key)[] keys) =>
        new(keys.ToDictionary(static key => key.Version, static key => key.Key), current);
}
