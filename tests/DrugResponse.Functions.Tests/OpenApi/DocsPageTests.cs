using System.Net;
using System.Text.RegularExpressions;
using DrugResponse.Functions.Tests.Support;

namespace DrugResponse.Functions.Tests.OpenApi;

/// <summary>The page at <c>/api/docs</c>, which must come whole from this process.</summary>
public sealed partial class DocsPageTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_found_without_naming_a_file()
    {
        using var http = new HttpClient { BaseAddress = shared.App.Address };

        using var page = await http.GetAsync("/api/docs", Cancellation);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Is_made_of_parts_that_this_process_serves_and_may_load_no_others()
    {
        using var http = new HttpClient { BaseAddress = new Uri(shared.App.Address, "/api/docs/") };

        using var page = await http.GetAsync("index.html", Cancellation);
        var parts = Parts().Matches(await page.Content.ReadAsStringAsync(Cancellation)).Select(static match => match.Groups["part"].Value).ToList();

        Assert.Contains("./swagger-ui-bundle.js", parts);
        Assert.All(parts, static part => Assert.DoesNotContain("//", part, StringComparison.Ordinal));
        foreach (var part in parts)
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(part, Cancellation)).StatusCode);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_the_description_of_this_process()
    {
        using var http = new HttpClient { BaseAddress = shared.App.Address };

        Assert.Contains("/api/openapi/v1.json", await http.GetStringAsync("/api/docs/index.js", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Has_no_part_of_an_unknown_name()
    {
        using var http = new HttpClient { BaseAddress = shared.App.Address };

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/api/docs/nothing.js", Cancellation)).StatusCode);
    }

    [GeneratedRegex("(?:src|href)=\"(?<part>[^\"]+)\"")]
    private static partial Regex Parts();
}
