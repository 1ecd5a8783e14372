using DrugResponse.Functions.Hosting;

namespace DrugResponse.Functions.Tests.Hosting;

public sealed class LocalSettingsTests
{
    [Fact]
    public void Values_become_settings_and_the_local_port_the_public_one()
    {
        var settings = Read(
            """
            {
              // Comments are as common in these files
              "IsEncrypted": false,
              "Values": {
                "AzureWebJobsStorage": "UseDevelopmentStorage=true",
                "DrugResponse__Triggers__Enabled": "false",
                "Number": 5,
                "Nothing": null, /* as trailing commas */
              },
              "Host": { "LocalHttpPort": 7072, "CORS": "*" },
            }
            """);

        Assert.Equal("UseDevelopmentStorage=true", settings["AzureWebJobsStorage"]);
        Assert.Equal("false", settings["DrugResponse:Triggers:Enabled"]);
        Assert.Equal("5", settings["Number"]);
        Assert.Null(settings["Nothing"]);
        Assert.Equal("7072", settings["DrugResponse:Hosting:Port"]);
    }

    [Fact]
    public void A_port_among_the_values_wins_over_the_local_port()
    {
        var settings = Read("""{ "Values": { "DrugResponse__Hosting__Port": "8080" }, "Host": { "LocalHttpPort": 7072 } }""");

        Assert.Equal("8080", settings["DrugResponse:Hosting:Port"]);
    }

    [Theory]
    [InlineData("""{ "Values": { "a": { "b": 1 } } }""", "Values.a")]
    [InlineData("""{ "Host": { "LocalHttpPort": [] } }""", "Host.LocalHttpPort")]
    [InlineData("""{ "IsEncrypted": true }""", "func settings decrypt")]
    [InlineData("""[]""", "JSON object")]
    [InlineData("""{ "Values": """, "not valid JSON")]
    public void A_file_that_cannot_be_used_is_named_with_the_reason(string json, string expected)
    {
        var fault = Assert.Throws<StartupException>(() => Read(json));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Contains(LocalSettings.FileName, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_beside_the_program_is_found()
    {
        var folder = Directory.CreateTempSubdirectory("local-settings-").FullName;
        var path = Path.Combine(folder, LocalSettings.FileName);
        File.WriteAllText(path, "{}");

        Assert.Equal(path, LocalSettings.Find(folder));
    }

    private static Dictionary<string, string?> Read(string json)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("local-settings-").FullName, LocalSettings.FileName);
        File.WriteAllText(path, json);
        return LocalSettings.Read(path);
    }
}
