using DrugResponse.EndToEnd.Processes;

namespace DrugResponse.EndToEnd;

/// <summary>A wrong setting stops the start, with one line that names it.</summary>
public sealed class WrongSettingTests
{
    [Theory]
    [InlineData("DrugResponse__Models__WatchInterval", "soon", "DrugResponse:Models:WatchInterval")]
    [InlineData("DrugResponse__Models__WatchInterval", "00:00:00", "DrugResponse:Models:WatchInterval")]
    [InlineData("DrugResponse__Models__WatchIntervall", "00:00:01", "DrugResponse:Models:WatchIntervall")]
    [InlineData("DrugResponse__Triggers__Enabled", "maybe", "DrugResponse:Triggers:Enabled")]
    [InlineData("DrugResponse__Triggers__MessageInvisibility", "00:00:00", "DrugResponse:Triggers:MessageInvisibility")]
    [InlineData("DrugResponse__Hosting__Port", "70000", "DrugResponse:Hosting:Port")]
    [InlineData("DrugResponse__Hosting__Address", "nowhere", "DrugResponse:Hosting:Address")]
    [InlineData("DrugResponse__Batches__ChunkRows", "0", "DrugResponse:Batches:ChunkRows")]
    [InlineData("DrugResponse__Pseudonyms__Keys__1", "short", "DrugResponse:Pseudonyms:Keys:1")]
    [InlineData("AzureWebJobsStorage", "nonsense", "AzureWebJobsStorage")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("DrugResponse__Batches__Retention__Inputs", "00:00:01", "DrugResponse:Batches:Retention:Inputs")]
    [InlineData("DrugResponse__Batches__Retention__IdempotencyKeys", "7.00:00:00", "DrugResponse:Batches:Retention:IdempotencyKeys")]
    [InlineData("DrugResponse__Protection__Keys__1", "short", "DrugResponse:Protection:Keys:1")]
    [InlineData("DrugResponse__Models__PublicKeys__0", "none", "DrugResponse:Models:PublicKeys:0")]
    [InlineData("DrugResponse__Limits__Burst", "0", "DrugResponse:Limits")]
    [InlineData("DrugResponse__Limits__Tenants__acme__Burst", "0", "DrugResponse:Limits:Tenants:acme")]
    [InlineData("DrugResponse__Cors__Origins__0", "*", "DrugResponse:Cors:Origins:0")]
    [InlineData("DrugResponse__Access__KeysKnownFor", "01:00:00", "DrugResponse:Access:KeysKnownFor")]
    [InlineData("DrugResponse__Access__Tokens__Authority", "https://issuer.example", "DrugResponse:Access:Tokens:Audience")]
    [InlineData("DrugResponse__Retention__Predictions", "00:00:01", "DrugResponse:Retention:Predictions")]
    [InlineData("AzureWebJobsStorage__accountName", "account", "AzureWebJobsStorage")]
    public async Task Is_told_in_one_line(string setting, string value, string named)
    {
        await using var app = AppProcess.Start(
        [
            .. ProductionSettings.For("UseDevelopmentStorage=true").Append((Name: setting, Value: value))
                .GroupBy(static one => one.Name)
                .Select(static group => KeyValuePair.Create(group.Key, group.Last().Value)),
        ]);

        var exitCode = await app.ExitAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(named, Assert.Single(app.Errors), StringComparison.Ordinal);
    }
}
