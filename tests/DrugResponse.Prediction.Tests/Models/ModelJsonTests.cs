using System.Text.Json;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Prediction.Tests.Models;

public class ModelJsonTests
{
    private const string Registry =
        """
        { "formatVersion": 1, "endpoints": [ { "drug": "d", "endpoint": "e", "kind": "adverse", "primary": true, "activeVersion": "1.0.0",
          "versions": [ { "version": "1.0.0", "model": "m", "modelSha256": "a", "card": "c", "cardSha256": "b" } ] } ] }
        """;

    [Fact]
    public void A_registry_is_read()
    {
        var registry = JsonSerializer.Deserialize(Registry, ModelJson.Default.ModelRegistry)!;

        Assert.Equal(EndpointKind.Adverse, registry.Endpoints[0].Kind);
        Assert.Equal("m", registry.Endpoints[0].Versions[0].Model);
    }

    [Theory]
    [InlineData(null, 1_000)]
    [InlineData(999L, 1_000)]
    [InlineData(1_000L, 1_001)]
    [InlineData(5_000L, 5_001)]
    public void A_following_revision_is_the_second_it_is_made_in_and_always_higher(long? before, long following)
    {
        var registry = JsonSerializer.Deserialize(Registry, ModelJson.Default.ModelRegistry)!;

        var next = registry.Following(registry with { Revision = before }, DateTimeOffset.FromUnixTimeSeconds(1_000));

        Assert.Equal(following, next.Revision);
        Assert.Equal(1_000, registry.Following(null, DateTimeOffset.FromUnixTimeSeconds(1_000)).Revision);
    }

    [Theory]
    [InlineData("\"drug\"", "\"drog\"")]
    [InlineData("\"primary\": true, ", "")]
    [InlineData("\"primary\": true", "\"primary\": true, \"primary\": false")]
    [InlineData("\"adverse\"", "1")]
    [InlineData("\"adverse\"", "\"harm\"")]
    [InlineData("\"a\"", "null")]
    public void What_is_unknown_missing_repeated_or_of_the_wrong_kind_is_refused(string text, string replacement)
    {
        var json = Registry.Replace(text, replacement, StringComparison.Ordinal);

        Assert.NotEqual(Registry, json);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, ModelJson.Default.ModelRegistry));
    }
}
