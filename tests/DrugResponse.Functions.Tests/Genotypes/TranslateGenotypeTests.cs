using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Tests.Support;

namespace DrugResponse.Functions.Tests.Genotypes;

public sealed class TranslateGenotypeTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    // VKORC1 rs9923231 is the only defining position of its gene: chr16:31096368 C>T on GRCh38.
    private static readonly byte[] Vkorc1Heterozygous = Translation.Vcf("NA1", "chr16 31096368 rs9923231 C T 0/1");

    private readonly WholeApp _app = fixture.App;

    private static JsonObject Json(string json) => JsonNode.Parse(json)!.AsObject();

    private static byte[] Gzip(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return compressed.ToArray();
    }

    [Fact]
    public async Task Genetic_and_clinical_phenotype_stand_side_by_side_and_so_does_their_guidance()
    {
        // CPIC opioid guideline, PMID 33387367: a strong inhibitor sets the CYP2D6 activity score to 0; poor metabolizers avoid codeine.
        var answer = await _app.TranslateAsync(Json(
            """
            { "genotype": { "diplotypes": { "CYP2D6": "*4/*1" } }, "medications": [ { "drug": "paroxetine" } ], "candidates": [ "codeine" ] }
            """));

        var translation = answer.AsTranslation();
        var gene = Assert.Single(translation.Phenotypes);
        Assert.Equal(["*1/*4"], gene.Diplotypes);
        Assert.Equal(("1.0", "Intermediate Metabolizer"), (gene.ActivityScore, gene.Phenotype));
        Assert.Equal(("0.0", "Poor Metabolizer"), (gene.ClinicalActivityScore, gene.ClinicalPhenotype));
        Assert.Equal(["paroxetine"], Assert.Single(gene.Phenoconversion).Drugs);
        Assert.NotEmpty(gene.Reasoning);
        var guidance = Assert.Single(translation.Drugs).Guidance;
        Assert.Equal(["clinical: avoid", "genetic: standard"], guidance.Select(action => $"{action.Basis}: {action.Action}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Stopped_inhibitor_long_washed_out_converts_nothing()
    {
        var answer = await _app.TranslateAsync(Json(
            """
            { "genotype": { "diplotypes": { "CYP2D6": "*1/*4" } }, "medications": [ { "drug": "paroxetine", "status": "stopped", "stopped": "2026-01-01" } ] }
            """));

        var gene = Assert.Single(answer.AsTranslation().Phenotypes);
        Assert.Equal(gene.Phenotype, gene.ClinicalPhenotype);
    }

    [Theory]
    [InlineData("paroxetine 20 mg po qd", true)]
    [InlineData("paroxetine 20 mg po qd stopped", false)]
    public async Task Line_that_says_stopped_is_not_taken(string line, bool converts)
    {
        var body = Json("""{ "genotype": { "diplotypes": { "CYP2D6": "*1/*4" } }, "medications": [ {} ] }""");
        body["medications"]![0]!["text"] = line;

        var answer = await _app.TranslateAsync(body);

        var gene = Assert.Single(answer.AsTranslation().Phenotypes);
        Assert.Equal(converts, Assert.Single(gene.Phenoconversion).Applied);
    }

    [Theory]
    [InlineData("text/vcf", false)]
    [InlineData("text/vcf; charset=utf-8", true)]
    [InlineData("application/gzip", true)]
    public async Task Vcf_is_read_plain_and_compressed(string mediaType, bool compressed)
    {
        var answer = await _app.TranslateAsync(compressed ? Gzip(Vkorc1Heterozygous) : Vkorc1Heterozygous, mediaType, "?candidates=warfarin");

        var translation = answer.AsTranslation();
        var gene = Assert.Single(translation.Phenotypes, phenotype => phenotype.Gene == "VKORC1");
        Assert.Equal(("-1639 AG", "vcf"), (gene.Phenotype, gene.CallSource));
        Assert.Equal("warfarin", Assert.Single(translation.Drugs).Drug);
    }

    [Fact]
    public async Task Form_joins_a_vcf_with_a_request()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("""{ "genotype": { "diplotypes": { "CYP2C9": "*1/*3" } }, "candidates": ["warfarin"] }"""), "request" },
            { new ByteArrayContent(Vkorc1Heterozygous) { Headers = { ContentType = new MediaTypeHeaderValue("text/vcf") } }, "vcf", "patient.vcf" },
        };

        var answer = await _app.TranslateAsync(form);

        Assert.Equal(["CYP2C9", "VKORC1"], answer.AsTranslation().Phenotypes.Select(phenotype => phenotype.Gene).Intersect(["CYP2C9", "VKORC1"]));
    }

    [Fact]
    public async Task One_of_several_samples_is_chosen_by_name()
    {
        var vcf = Translation.Vcf("A B", "chr16 31096368 rs9923231 C T 0/0 1/1");

        var unnamed = await _app.TranslateAsync(vcf, "text/vcf");
        var named = await _app.TranslateAsync(vcf, "text/vcf", "?sample=B");

        unnamed.AssertProblem(HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent);
        Assert.Equal("-1639 AA", Assert.Single(named.AsTranslation().Phenotypes, phenotype => phenotype.Gene == "VKORC1").Phenotype);
    }

    [Fact]
    public async Task One_typed_position_of_dpyd_does_not_read_as_cleared()
    {
        var answer = await _app.TranslateAsync(Json("""{ "genotype": { "variants": { "rs3918290": "C/C" } }, "candidates": [ "fluorouracil" ] }"""));

        var translation = answer.AsTranslation();
        var gene = Assert.Single(translation.Phenotypes);
        Assert.NotEmpty(gene.MissingPositions);
        Assert.All(Assert.Single(translation.Drugs).Guidance, action => Assert.NotEmpty(action.Reservations));
    }

    [Fact]
    public async Task Cyp2d6_is_never_called_from_a_vcf()
    {
        var answer = await _app.TranslateAsync(Translation.Vcf("A", "chr22 42128945 rs3892097 C T 0/1"), "text/vcf");

        var gene = Assert.Single(answer.AsTranslation().Phenotypes, phenotype => phenotype.Gene == "CYP2D6");
        Assert.Empty(gene.Diplotypes);
        Assert.Null(gene.Phenotype);
        Assert.Contains("not-callable", gene.CallState, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?calls=some", "top or all")]
    [InlineData("?call=all", "Known in the query")]
    [InlineData("?sample=A&sample=B", "once")]
    public async Task Query_that_cannot_be_is_refused(string query, string fragment)
    {
        var answer = await _app.TranslateAsync(Vkorc1Heterozygous, "text/vcf", query);

        Assert.Contains(fragment, answer.AssertProblem(HttpStatusCode.BadRequest, ProblemTypes.BadRequest).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_without_a_genotype_is_refused()
    {
        var answer = await _app.TranslateAsync(Json("""{ "candidates": [ "codeine" ] }"""));

        var problem = answer.AssertProblem(HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent);
        Assert.Equal("/genotype", Assert.Single(problem.Errors!).Key);
    }

    [Fact]
    public async Task Damaged_compression_is_told()
    {
        var answer = await _app.TranslateAsync([0x1F, 0x8B, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "text/vcf");

        answer.AssertProblem(HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent);
    }

    [Fact]
    public async Task Other_media_types_are_refused()
    {
        var answer = await _app.TranslateAsync([1], "text/plain");

        Assert.Contains("text/vcf", answer.AssertProblem(HttpStatusCode.UnsupportedMediaType, ProblemTypes.UnsupportedMediaType).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Genes_and_drugs_are_listed_with_the_version_that_answers_quote()
    {
        var genes = await _app.GetAsync("v1/genes");
        var drugs = await _app.GetAsync("v1/drugs");
        var answer = await _app.TranslateAsync(Vkorc1Heterozygous, "text/vcf");

        var version = answer.AsTranslation().KnowledgeVersion;
        Assert.Equal(version, (string?)genes.Json["knowledgeVersion"]);
        Assert.Equal(version, (string?)drugs.Json["knowledgeVersion"]);
        Assert.Contains(genes.Json["genes"]!.AsArray(), gene => (string?)gene!["gene"] == "CYP2C9" && (bool)gene["callableFromVariants"]!);
        Assert.Contains(drugs.Json["drugs"]!.AsArray(), drug => (string?)drug!["drug"] == "codeine" && (bool)drug["hasGuidance"]!);
    }
}
