using DrugResponse.Storage.Patients;

namespace DrugResponse.Storage.Tests.Patients;

public sealed class PseudonymKeyRingTests
{
    [Theory]
    [InlineData(0, 32, 0)]
    [InlineData(1, 31, 1)]
    [InlineData(1, 33, 1)]
    [InlineData(1, 32, 2)]
    public void Faulty_keys_are_refused(int version, int length, int current) => Assert.Throws<ArgumentException>(
        () => new PseudonymKeyRing(new Dictionary<int, byte[]> { [version] = new byte[length] }, current));

    [Fact]
    public void A_key_that_is_changed_afterwards_does_not_change_the_ring()
    {
        var key = new byte[32];
        var ring = new PseudonymKeyRing(new Dictionary<int, byte[]> { [1] = key }, 1);
        var untouched = new PseudonymKeyRing(new Dictionary<int, byte[]> { [1] = new byte[32] }, 1);
        var tenant = TenantName.Parse("acme");

        key[0] = 1;

        Assert.Equal(untouched.CreatePseudonym(1, tenant, "a"), ring.CreatePseudonym(1, tenant, "a"));
    }
}
