using System.Net;
using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Access.Keys;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Functions.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DrugResponse.Functions.Tests.Access;

/// <summary>Whom each endpoint is for. What is not written down here fails, so that nobody opens an endpoint by oversight.</summary>
public sealed class EndpointRolesTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    private const string Everybody = "everybody";
    private const string EveryRole = "pharmacy,sponsor,data-scientist,admin";

    private static readonly Dictionary<string, string> RolesByFunction = new(StringComparer.Ordinal)
    {
        ["PredictPatient"] = "pharmacy",
        ["GetPrediction"] = "pharmacy,sponsor",
        ["FindPatient"] = "pharmacy,admin",
        ["ListPatientPredictions"] = "pharmacy",
        ["TranslateGenotype"] = "pharmacy,sponsor,data-scientist",
        ["ListGenes"] = EveryRole,
        ["ListDrugs"] = EveryRole,
        ["ListFeatures"] = EveryRole,
        ["ListModels"] = EveryRole,
        ["GetModel"] = EveryRole,
        ["CreateKey"] = "admin",
        ["ListKeys"] = "admin",
        ["RotateKey"] = "admin",
        ["RevokeKey"] = "admin",
        ["ExportPatient"] = "pharmacy,admin",
        ["ErasePatient"] = "admin",
        ["GetErasure"] = "pharmacy,admin",
        ["GetConsent"] = "pharmacy,admin",
        ["PutConsent"] = "pharmacy,admin",
        ["ReportPseudonyms"] = "admin",
        ["SubmitBatch"] = "sponsor,admin",
        ["CreateBatchUpload"] = "sponsor,admin",
        ["ListBatches"] = "sponsor,admin",
        ["GetBatch"] = "sponsor,admin",
        ["CancelBatch"] = "sponsor,admin",
        ["GetBatchResults"] = "sponsor,admin",
        ["GetBatchErrors"] = "sponsor,admin",
        ["GetBatchSummary"] = "sponsor,admin",
        ["ListAudit"] = "admin",
        ["VerifyAudit"] = "admin",
        ["LiveHealth"] = Everybody,
        ["ReadyHealth"] = Everybody,
        ["OpenApi"] = Everybody,
        ["Docs"] = Everybody,
    };

    private readonly WholeApp _app = fixture.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_function_is_for_those_that_are_written_down()
    {
        var mapped = Functions().ToDictionary(static endpoint => FunctionOf(endpoint), RolesOf, StringComparer.Ordinal);

        Assert.Equal(
            RolesByFunction.OrderBy(static pair => pair.Key, StringComparer.Ordinal),
            mapped.OrderBy(static pair => pair.Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(CallerRoles.Pharmacy)]
    [InlineData(CallerRoles.Sponsor)]
    [InlineData(CallerRoles.DataScientist)]
    [InlineData(CallerRoles.Admin)]
    public async Task A_caller_gets_no_further_than_its_role(string role)
    {
        var (_, key) = await _app.Service<KeyIssuer>().CreateAsync(
            _app.Tenant, new ApiKeyRequest { Name = "test", Roles = [role] }, Cancellation);
        using var http = _app.ClientWith(key.Reveal());

        foreach (var endpoint in Functions())
        {
            var answer = await CallAsync(http, endpoint);

            if (RolesOf(endpoint) == Everybody || RolesOf(endpoint).Split(',').Contains(role))
                Assert.NotEqual(HttpStatusCode.Forbidden, answer.Status);
            else
                answer.AssertProblem(HttpStatusCode.Forbidden, ProblemTypes.Forbidden);
        }
    }

    [Fact]
    public async Task Without_a_credential_only_what_is_for_everybody_answers()
    {
        using var http = _app.ClientWith(null);

        foreach (var endpoint in Functions())
        {
            var answer = await CallAsync(http, endpoint);

            Assert.Equal(RolesOf(endpoint) != Everybody, answer.Status == HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task An_endpoint_that_names_no_role_is_for_nobody()
    {
        await using var app = await Hosting.RunningApp.StartStandaloneAsync(
            static app =>
            {
                app.UseCallers();
                app.UseRoles();
                app.MapApi().MapGet("open", static () => "Nobody should read this.").WithFunction("Open");
            },
            static builder =>
            {
                builder.Configuration["AzureWebJobsStorage"] = "UseDevelopmentStorage=true";
                builder.Configuration["DrugResponse:Pseudonyms:Keys:1"] = Convert.ToBase64String(new byte[32]);
                builder.AddAccess();
                DrugResponse.Functions.StorageAccess.StorageRegistration.AddStorage(builder);
            });
        using var http = new HttpClient { BaseAddress = app.PublicAddress };

        using var response = await http.GetAsync("api/open", Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private IEnumerable<RouteEndpoint> Functions() =>
        _app.Service<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>()
            .Where(static endpoint => endpoint.Metadata.GetMetadata<FunctionMetadata>() is not null)
            .Where(static endpoint => endpoint.Metadata.GetMetadata<TriggerFunctionMetadata>() is null);

    private static string FunctionOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<FunctionMetadata>()!.FunctionName;

    private static string RolesOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
        ? Everybody
        : endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Roles ?? "";

    private static async Task<Answer> CallAsync(HttpClient http, RouteEndpoint endpoint)
    {
        var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
        var path = string.Join('/', endpoint.RoutePattern.PathSegments.Skip(1).Select(static segment => Fill(segment)));
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
        if (method is "POST" or "PUT")
            request.Content = WholeApp.Json("[]");
        using var response = await http.SendAsync(request, Cancellation);
        return await Answer.OfAsync(response);
    }

    private static string Fill(Microsoft.AspNetCore.Routing.Patterns.RoutePatternPathSegment segment) =>
        segment.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : "unknown";
}
