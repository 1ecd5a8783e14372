using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Genotypes;
using DrugResponse.Functions.Models;
using DrugResponse.Functions.Predictions;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Functions.Genotypes;

/// <summary><c>GET v1/genes</c> and <c>GET v1/drugs</c>: what is known, with versions.</summary>
internal static class ListKnowledge
{
    public static IResult Genes()
    {
        var knowledge = KnowledgeBase.Default;
        var genes = new GeneList(knowledge.Version, [.. knowledge.Genes.Select(Summarise)]);
        return new StoredJson(JsonSerializer.SerializeToUtf8Bytes(genes, ContractsJsonContext.Wire.GeneList), StatusCodes.Status200OK);
    }

    private static GeneSummary Summarise(Gene gene) => new(
        gene.Symbol.Value,
        gene.IsInterpreted,
        JsonNamingPolicy.KebabCaseLower.ConvertName(gene.Method.ToString()),
        gene.Calling == CallingMethod.Variants,
        gene.Haplotypes.Count,
        [.. gene.Phenotypes.Select(phenotype => phenotype.Term)],
        gene.DefinitionDate.Length > 0 ? gene.DefinitionDate : null);
}
