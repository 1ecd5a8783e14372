using DrugResponse.Contracts.Access;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace DrugResponse.Functions.Genotypes;

/// <summary>Maps the capability: genotypes translated, genes and drugs listed.</summary>
internal static class GenotypesRegistration
{
    /// <summary>Maps the HTTP routes.</summary>
    /// <param name="api">The group of HTTP routes.</param>
    public static void MapGenotypes(this IEndpointRouteBuilder api)
    {
        api.MapPost("v1/genotypes/translate", TranslateGenotype.HandleAsync)
            .WithMetadata(new RequestSizeLimitAttribute(TranslateGenotype.MaxBodyBytes))
            .WithFunction("TranslateGenotype")
            .ForRoles(CallerRoles.Pharmacy, CallerRoles.Sponsor, CallerRoles.DataScientist);
        api.MapGet("v1/genes", ListKnowledge.Genes).WithFunction("ListGenes").ForEveryRole();
        api.MapGet("v1/drugs", ListKnowledge.Drugs).WithFunction("ListDrugs").ForEveryRole();
    }
}
