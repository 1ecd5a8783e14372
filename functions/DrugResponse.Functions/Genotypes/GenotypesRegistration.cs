using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Genotypes;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.OpenApi;
using DrugResponse.Pharmacogenomics.Interpretation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace DrugResponse.Functions.Genotypes;

/// <summary>Registers and maps the capability: genotypes translated, genes and drugs listed.</summary>
internal static class GenotypesRegistration
{
    /// <summary>Adds the services.</summary>
    /// <param name="services">The services.</param>
    public static void AddGenotypes(this IServiceCollection services)
    {
        services.AddSingleton(static _ => GenotypeInterpreter.Default);
        services.AddHostedService<KnowledgePreparation>();
    }

    /// <summary>Maps the HTTP routes.</summary>
    /// <param name="api">The group of HTTP routes.</param>
    public static void MapGenotypes(this IEndpointRouteBuilder api)
    {
        api.MapPost("v1/genotypes/translate", TranslateGenotype.HandleAsync)
            .WithMetadata(new RequestSizeLimitAttribute(TranslateGenotype.MaxBodyBytes))
            .WithFunction("TranslateGenotype")
            .ForRoles(CallerRoles.Pharmacy, CallerRoles.Sponsor, CallerRoles.DataScientist)
            .Describe(
                "Genotypes",
                "Says what a genotype means",
                "Phenotypes, and guideline actions for the drugs asked for. Nothing is stored. Takes JSON, of which `genotype`, `medications` and "
                + "`candidates` matter; a VCF 4 (GRCh38), plain, gzip or bgzip; or a form with the file part `vcf` and the JSON part `request`.")
            .WithParameter(new("calls", ParameterLocation.Query, "`all` keeps every plausible diplotype, best first; `top` is the default.", "all")
            {
                Values = ["top", "all"],
            })
            .WithParameter(new("sample", ParameterLocation.Query, "The sample to read from a VCF that has several.", "NA12878"))
            .WithParameter(CommonParameters.Candidates("Drugs to give guidance for", "codeine,warfarin", TranslationOptions.MaxCandidates))
            .AcceptsJson<PredictionRequest>()
            .AcceptsText("text/vcf", "A VCF 4 file, GRCh38, at most 100 MiB; also compressed by gzip or bgzip.")
            .AcceptsText("application/gzip", "A VCF 4 file, GRCh38, compressed by gzip or bgzip; at most 100 MiB.")
            .AcceptsText("multipart/form-data", "The file part `vcf`, and optionally the part `request` with JSON.")
            .Answers<GenotypeTranslation>(StatusCodes.Status200OK, "What the genotype means.")
            .Refuses(static () => CommonProblems.JsonBody);
        MapKnowledge(api);
    }

    private static void MapKnowledge(IEndpointRouteBuilder api)
    {
        api.MapGet("v1/genes", ListKnowledge.Genes)
            .WithFunction("ListGenes")
            .ForEveryRole()
            .Describe("Catalogue", "Lists genes", "The genes of the pharmacogenomic tables, and how each is interpreted.")
            .Answers<GeneList>(StatusCodes.Status200OK, "The genes, with the version of the tables.");
        api.MapGet("v1/drugs", ListKnowledge.Drugs)
            .WithFunction("ListDrugs")
            .ForEveryRole()
            .Describe("Catalogue", "Lists drugs", "Drugs that have a model or a guideline.")
            .Answers<DrugList>(StatusCodes.Status200OK, "The drugs, with the version of the tables.");
    }
}
