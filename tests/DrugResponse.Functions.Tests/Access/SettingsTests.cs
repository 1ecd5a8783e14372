using DrugResponse.Functions.Access;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Protection;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Testing;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Tests.Access;

/// <summary>An app in Production does not start with settings that would mix up or give away patients.</summary>
public sealed class SettingsTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    [Theory]
    [InlineData("DrugResponse:Access:Tenant=Not A Name", "DrugResponse:Access:Tenant must match")]
    [InlineData("DrugResponse:Access:QueueTenant=_", "DrugResponse:Access:QueueTenant must match")]
    [InlineData("DrugResponse:Access:KeysKnownFor=01:00:00", "DrugResponse:Access:KeysKnownFor must be")]
    [InlineData("DrugResponse:Access:Tokens:Authority=http://issuer.example", "Authority must be an https address")]
    [InlineData("DrugResponse:Access:Tokens:Authority=https://issuer.example", "Audience is required")]
    [InlineData("DrugResponse:Access:Tokens:Authority=https://issuer.example", "needs either Tenant or TenantClaim")]
    [InlineData("DrugResponse:Pseudonyms:Keys:1=secret", "DrugResponse:Pseudonyms:Keys:1 must")]
    [InlineData("DrugResponse:Pseudonyms:Keys:1=AAAA", "DrugResponse:Pseudonyms:Keys:1 must")]
    [InlineData($"DrugResponse:Pseudonyms:Keys:0={Key}", "DrugResponse:Pseudonyms:Keys:0 must be numbered from 1")]
    [InlineData("DrugResponse:Pseudonyms:CurrentVersion=2", "CurrentVersion is 2, for which there is no key")]
    [InlineData("DrugResponse:Models:WatchInterval=00:00:00", "DrugResponse:Models:WatchInterval must be")]
    [InlineData("DrugResponse:Models:PublicKeys:0=secret", "DrugResponse:Models:PublicKeys:0 must be a public key")]
    public async Task A_setting_that_is_not_usable_is_named(string setting, string message)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => WholeApp.StartAsync(azurite.ConnectionString, [.. WholeApp.Production, setting]));

        Assert.Contains(failure.Failures, found => found.Contains(message, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pseudonyms", false)]
    [InlineData("Protection", true)]
    [InlineData("Protection", false)]
    public async Task A_key_that_everybody_knows_is_refused_outside_development(string section, bool isOfProtection)
    {
        var key = isOfProtection ? ProtectionOptions.DevelopmentKey : PseudonymOptions.DevelopmentKey;

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => WholeApp.StartAsync(azurite.ConnectionString, [.. WholeApp.Production, $"DrugResponse:{section}:Keys:2={key}"]));

        Assert.Contains(failure.Failures, found => found.Contains($"{section}:Keys:2 is the key of Development", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Production_makes_up_no_key()
    {
        var failure = await Assert.ThrowsAsync<AggregateException>(
            () => WholeApp.StartAsync(azurite.ConnectionString, "environment=Production"));

        var faults = failure.InnerExceptions.Cast<OptionsValidationException>().SelectMany(static inner => inner.Failures).ToArray();
        Assert.Contains(faults, static found => found.Contains("Pseudonyms:Keys needs at least one key", StringComparison.Ordinal));
        Assert.Contains(faults, static found => found.Contains("Models:PublicKeys must hold", StringComparison.Ordinal));
        Assert.Contains(faults, static found => found.Contains("Protection:Keys needs at least one key", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AccountName=only")]
    public async Task A_storage_connection_that_is_not_usable_is_named_without_its_text(string connection)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => WholeApp.StartAsync(connection, WholeApp.Production));

        Assert.IsType<StartupException>(failure);
        Assert.Contains("AzureWebJobsStorage", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("only", failure.Message, StringComparison.Ordinal);
    }
}
