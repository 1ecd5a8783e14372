using System.Net;
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
    public async Task The_first_start_prints_a_key_per_role_and_later_ones_print_none()
    {
        await using var first = await WholeApp.StartAsync(azurite.ConnectionString);
        await Eventually.TrueAsync(() => PrintedKeys(first).Length == CallerRoles.All.Count, "the keys are printed");
        await using var second = await WholeApp.StartReadyAsync(azurite.ConnectionString, $"DrugResponse:Access:Tenant={first.Tenant}");

        var keys = await second.Service<ApiKeyStore>().ListAsync(first.Tenant, Cancellation);

        Assert.Empty(PrintedKeys(second));
        Assert.Equal(
            CallerRoles.All.Order(StringComparer.Ordinal), keys.Select(static key => Assert.Single(key.Roles)).Order(StringComparer.Ordinal));
        foreach (var key in PrintedKeys(first))
        {
            using var http = second.ClientWith(key);
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("v1/genes", Cancellation)).StatusCode);
        }
    }

    private static string[] PrintedKeys(WholeApp app) =>
    [
        .. app.Logs.Lines
            .Where(static line => line.Contains("A development key was made", StringComparison.Ordinal))
            .Select(static line => line[line.IndexOf("dr1.", StringComparison.Ordinal)..].Split(' ')[0]),
    ];
}
