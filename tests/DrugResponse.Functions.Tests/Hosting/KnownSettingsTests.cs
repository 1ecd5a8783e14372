using System.Collections;
using System.Reflection;
using DrugResponse.Functions.Hosting;
using Microsoft.Extensions.Configuration;

namespace DrugResponse.Functions.Tests.Hosting;

/// <summary>The list of settings is that of the options classes, and nothing else is let pass.</summary>
public sealed class KnownSettingsTests
{
    [Fact]
    public void Every_property_of_an_options_class_is_a_known_setting_and_the_reverse()
    {
        var properties = typeof(KnownSettings).Assembly.GetTypes()
            .Select(static type => (Type: type, Section: SectionOf(type)))
            .Where(static options => options.Section is not null)
            .SelectMany(static options => SettingsOf(options.Type).Select(name => $"{options.Section}:{name}"));

        Assert.Equal(KnownSettings.Names.Order(StringComparer.Ordinal), properties.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("DrugResponse:Models:WatchIntervall")]
    [InlineData("DrugResponse:Modells:WatchInterval")]
    [InlineData("DrugResponse:Models:WatchInterval:Seconds")]
    [InlineData("DrugResponse:Models")]
    public void Misspelt_setting_stops_the_start_and_is_named_without_its_value(string name)
    {
        var failure = Assert.Throws<StartupException>(() => KnownSettings.RefuseOthers(Settings((name, "secret"))));

        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Known_settings_pass_in_any_letter_case() => KnownSettings.RefuseOthers(
        Settings(("drugresponse:models:watchinterval", "00:00:01"), ("DrugResponse:Pseudonyms:Keys:12", ""), ("Other:Thing", "1")));

    private static string? SectionOf(Type type) =>
        (string?)type.GetField("Section", BindingFlags.Static | BindingFlags.Public)?.GetRawConstantValue();

    private static IEnumerable<string> SettingsOf(Type type) => type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .SelectMany(static property => property switch
        {
            { CanWrite: true } => [property.Name],
            { PropertyType: { IsGenericType: true } list } when typeof(IEnumerable).IsAssignableFrom(list) =>
                OfEach(list.GetGenericArguments()[^1]).Select(name => $"{property.Name}:*{name}"),
            _ => [],
        });

    private static IEnumerable<string> OfEach(Type item) => item == typeof(string) ? [""] : SettingsOf(item).Select(static name => $":{name}");

    private static IConfiguration Settings(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
        .Build();
}
