using System.Collections.Concurrent;
using System.Net;
using System.Text;
using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Tests.Hosting;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.Access;
using DrugResponse.Storage.Development;
using DrugResponse.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DrugResponse.Functions.Tests.Access;

/// <summary>What lets a developer in without asking anybody, and nobody else.</summary>
public sealed class DevelopmentKeyTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Even_in_development_a_key_is_needed()
    {
        await using var app = await WholeApp.StartAsync(azurite.ConnectionString);
        using var http = app.ClientWith(null);

        using var response = await http.GetAsync("v1/genes", Cancellation);

        (await Answer.OfAsync(response)).AssertProblem(HttpStatusCode.Unauthorized, ProblemTypes.Unauthorized);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    public async Task The_key_development_does_not_work_through_a_proxy(string header, string value)
    {
        await using var app = await WholeApp.StartAsync(azurite.ConnectionString);
        using var direct = app.ClientWith("development");
        using var proxied = app.ClientWith("development");
        proxied.DefaultRequestHeaders.Add(header, value);

        Assert.Equal(HttpStatusCode.OK, (await direct.GetAsync("v1/genes", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await proxied.GetAsync("v1/genes", Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("rebound.example", HttpStatusCode.Unauthorized)]
    [InlineData("localhost.rebound.example", HttpStatusCode.Unauthorized)]
    [InlineData("192.0.2.1:7071", HttpStatusCode.Unauthorized)]
    [InlineData("localhost:7071", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]:7071", HttpStatusCode.OK)]
    public async Task The_key_development_works_under_this_machines_own_names_only(string host, HttpStatusCode expected)
    {
        await using var app = await WholeApp.StartAsync(azurite.ConnectionString);
        using var http = app.ClientWith("development");
        http.DefaultRequestHeaders.Host = host;

        Assert.Equal(expected, (await http.GetAsync("v1/genes", Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("https://page.example", HttpStatusCode.Unauthorized)]
    [InlineData("http://localhost:9", HttpStatusCode.Unauthorized)]
    [InlineData("null", HttpStatusCode.Unauthorized)]
    [InlineData("http://listed.example", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task The_key_development_does_not_work_for_pages_of_other_origins(string? origin, HttpStatusCode expected)
    {
        await using var app = await WholeApp.StartAsync(azurite.ConnectionString, "DrugResponse:Cors:Origins:0=http://listed.example");
        using var http = app.ClientWith("development");
        http.DefaultRequestHeaders.Add("Origin", origin ?? app.Address.GetLeftPart(UriPartial.Authority));

        Assert.Equal(expected, (await http.GetAsync("v1/genes", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task The_key_development_does_not_work_behind_the_functions_host()
    {
        await using var app = await RunningApp.StartWholeAsync(
            [
                $"--{FunctionsHostPort.VariableName}={AzuritePorts.FindFree().Blob}",
                "--environment=Development",
                $"--AzureWebJobsStorage={azurite.ConnectionString}",
            ],
            static _ => { });
        using var http = new HttpClient { BaseAddress = app.PublicAddress };
        http.DefaultRequestHeaders.Add("x-functions-key", "development");

        using var response = await http.GetAsync("api/v1/genes", Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("--environment=Development", "--WEBSITE_INSTANCE_ID=abc")]
    [InlineData("--AZURE_FUNCTIONS_ENVIRONMENT=development", "--WEBSITE_POD_NAME=abc")]
    [InlineData("--ASPNETCORE_ENVIRONMENT=DEVELOPMENT", "--CONTAINER_APP_NAME=abc")]
    public async Task Development_does_not_start_in_azure(string environment, string sign)
    {
        var failure = await Assert.ThrowsAsync<StartupException>(() => RunningApp.StartWholeAsync(
            [environment, sign, $"--AzureWebJobsStorage={azurite.ConnectionString}"], static _ => { }));

        Assert.Contains("Development", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_cluster_development_starts_standalone_only()
    {
        string[] standalone = ["--environment=Development", "--KUBERNETES_SERVICE_HOST=10.0.0.1"];

        Assert.Equal("Development", FunctionsAppBuilder.Create(standalone).Environment.EnvironmentName);
        Assert.Throws<StartupException>(() => FunctionsAppBuilder.Create([.. standalone, $"--{FunctionsHostPort.VariableName}=7000"]));
    }

    [Fact]
    public void A_variable_that_is_plainly_called_environment_says_nothing()
    {
        // No other test of this process minds it, since that is what is tested.
        Environment.SetEnvironmentVariable("ENVIRONMENT", "Development");
        try
        {
            Assert.Equal("Staging", FunctionsAppBuilder.Create(["--ASPNETCORE_ENVIRONMENT=Staging"]).Environment.EnvironmentName);
        }
        finally
        {
            Environment.SetEnvironmentVariable("ENVIRONMENT", null);
        }
    }

    [Fact]
    public async Task Behind_the_functions_host_no_keys_are_made()
    {
        await using var app = await RunningApp.StartWholeAsync(
            [
                $"--{FunctionsHostPort.VariableName}={AzuritePorts.FindFree().Blob}",
                "--environment=Development",
                $"--AzureWebJobsStorage={azurite.ConnectionString}",
            ],
            static _ => { });

        Assert.Empty(app.Services.GetServices<IHostedService>().OfType<DevelopmentKeys>());
    }

    [Fact]
    public async Task The_first_start_prints_a_key_per_role_past_the_log_and_later_ones_print_none()
    {
        var (atFirst, later) = (new Screen(), new Screen());
        await using var first = await WholeApp.StartAsync(azurite.ConnectionString, atFirst.Register);
        await Eventually.TrueAsync(() => atFirst.Keys.Length == CallerRoles.All.Count, "the keys are printed");
        await using var second = await WholeApp.StartAsync(
            azurite.ConnectionString, later.Register, $"DrugResponse:Access:Tenant={first.Tenant}");
        await second.Services.GetServices<IHostedService>().OfType<DevelopmentKeys>().Single().ExecuteTask!.WaitAsync(Cancellation);

        var keys = await second.Service<ApiKeyStore>().ListAsync(first.Tenant, Cancellation);

        Assert.Empty(later.Keys);
        Assert.Equal(
            CallerRoles.All.Order(StringComparer.Ordinal), keys.Select(static key => Assert.Single(key.Roles)).Order(StringComparer.Ordinal));
        foreach (var key in atFirst.Keys)
        {
            using var http = second.ClientWith(key);
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("v1/genes", Cancellation)).StatusCode);
        }

        Assert.DoesNotContain(first.Logs.Lines.Concat(second.Logs.Lines), static line => line.Contains("dr1.", StringComparison.Ordinal));
    }

    /// <summary>What a developer sees.</summary>
    private sealed class Screen : TextWriter
    {
        private readonly ConcurrentQueue<string> _lines = [];

        public override Encoding Encoding => Encoding.UTF8;

        public string[] Keys => [.. _lines.Select(static line => line[line.IndexOf("dr1.", StringComparison.Ordinal)..].Split(' ')[0])];

        public void Register(IServiceCollection services) => services.AddSingleton(new DevelopmentConsole(this));

        public override Task WriteLineAsync(string? value)
        {
            _lines.Enqueue(value ?? "");
            return Task.CompletedTask;
        }
    }
}
