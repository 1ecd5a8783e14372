using System.Net;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Tests.Support;

namespace DrugResponse.Functions.Tests.Problems;

public sealed class InvalidContentTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    private readonly WholeApp _app = fixture.App;

    [Fact]
    public async Task All_faults_of_a_request_are_named_at_once()
    {
        const string Body =
            """
            {
              "patient": { "ageYears": "old", "weightKg": -1, "wieghtKg": 70, "sex": "x", "smoker": 1 },
              "genotype": {
                "diplotypes": { "CYP2C99": "*1/*1", "CYP2C9": "*1/*9999", "CYP2D6": [] },
                "phenotypes": { "CYP2C19": "Splendid Metabolizer" },
                "activityScores": { "DPYD": "much" },
                "variants": { "rs9923231": "Q/Z", "chromosome 16": "C/T" },
                "vfc": ""
              },
              "medications": [ { "drug": "a", "atc": "b" }, { "drug": "aspirin", "started": "soon" }, "warfarin" ],
              "conditions": "heart failure",
              "measurements": { "albumin": 40, "albuminGPerL": 400, "uracilNgPerMl": "low" },
              "doses": { "simvastatin": 0, "Zocor": 20, "warfarin": "5 mg" },
              "candidate": [ "warfarin" ]
            }
            """;

        var answer = await _app.PredictAsync(System.Text.Encoding.UTF8.GetBytes(Body));

        var problem = answer.AssertProblem(HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent);
        Assert.Equal(
            [
                "/candidate", "/conditions", "/doses/simvastatin", "/doses/warfarin", "/genotype/activityScores/DPYD",
                "/genotype/diplotypes/CYP2C9", "/genotype/diplotypes/CYP2C99", "/genotype/diplotypes/CYP2D6",
                "/genotype/phenotypes/CYP2C19", "/genotype/variants/chromosome 16", "/genotype/variants/rs9923231", "/genotype/vfc",
                "/measurements/albumin", "/measurements/albuminGPerL", "/measurements/uracilNgPerMl", "/medications/0",
                "/medications/1/started", "/medications/2", "/patient/ageYears", "/patient/sex", "/patient/smoker", "/patient/weightKg",
                "/patient/wieghtKg",
            ],
            problem.Errors!.Keys.Order(StringComparer.Ordinal));
        Assert.All(problem.Errors.Values, static messages => Assert.Single(messages));
    }

    [Theory]
    [InlineData("{}", "")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    [InlineData("\"warfarin\"", "")]
    [InlineData("""{ "genotype": null }""", "")]
    [InlineData("""{ "candidates": ["warfarin"], "candidates": ["warfarin"] }""", "/candidates")]
    [InlineData("""{ "candidates": ["warfarin"], "patient": { "weightKg": 70, "weightKg": 70 } }""", "/patient/weightKg")]
    [InlineData("""{ "candidates": ["warfarin"], "genotype": { "diplotypes": { "CYP2C9": "*1/*1", "CYP2C9": "*1/*3" } } }""", "/genotype/diplotypes/CYP2C9")]
    [InlineData("""{ "candidates": [""] }""", "/candidates/0")]
    [InlineData("""{ "candidates": ["war\ud800farin"] }""", "/candidates/0")]
    [InlineData("""{ "candidates": ["war\u202Efarin"] }""", "/candidates/0")]
    [InlineData("""{ "candidates": ["warfarin"], "a/b~c": 1 }""", "/a~1b~0c")]
    [InlineData("""{ "medications": [{ "drug": "warfarin", "started": "2026-02-30" }] }""", "/medications/0/started")]
    [InlineData("""{ "medications": [{ "drug": "warfarin", "started": "2026-02-02", "stopped": "2026-02-01" }] }""", "/medications/0/stopped")]
    [InlineData("""{ "candidates": ["warfarin"], "genotype": { "vcf": "no VCF" } }""", "/genotype/vcf")]
    public async Task A_fault_is_named_by_its_pointer(string body, string? pointer)
    {
        var answer = await _app.PredictAsync(System.Text.Encoding.UTF8.GetBytes(body));

        if (pointer is null)
            Assert.Equal(HttpStatusCode.Created, answer.Status);
        else
            Assert.Equal([pointer], answer.AssertProblem(HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent).Errors!.Keys);
    }

    [Theory]
    [InlineData("{}", "/id")]
    [InlineData("""{ "id": 7 }""", "/id")]
    [InlineData("""{ "id": " " }""", "/id")]
    [InlineData("""{ "id": "MRN-0042", "name": "x" }""", "/name")]
    public async Task A_lookup_is_checked_alike(string body, string pointer)
    {
        var answer = await _app.SendAsync(new HttpRequestMessage(HttpMethod.Post, "v1/patients/lookup") { Content = WholeApp.Json(body) });

        Assert.Equal([pointer], answer.AssertProblem(HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent).Errors!.Keys);
    }
}
