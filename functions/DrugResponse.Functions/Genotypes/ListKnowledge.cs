using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Genotypes;
using DrugResponse.Functions.Http;
using DrugResponse.Functions.Models;
using DrugResponse.Pharmacogenomics.Guidance;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Medications;

namespace DrugResponse.Functions.Genotypes;

/// <summary><c>GET v1/genes</c> and <c>GET v1/drugs</c>: what is known, with versions.</summary>
internal static class ListKnowledge
{
    public static IResult Genes()
    {
        var knowledge = KnowledgeBase.Default;
        var genes = new GeneList(knowledge.Version, [.. knowledge.Genes.Select(Summarise)]);
        return new JsonAnswer(JsonSerializer.SerializeToUtf8Bytes(genes, ContractsJsonContext.Wire.GeneList), StatusCodes.Status200OK);
    }

    public static IResult Drugs(ModelSetKeeper models)
    {
        var withModel = (models.Current?.Drugs ?? []).ToHashSet(StringComparer.Ordinal);
        var withGuidance = GuidedDrugs().ToHashSet(StringComparer.Ordinal);
        var drugs = withModel.Union(withGuidance, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(drug =>
        {
            var substance = SubstanceCatalogue.Default.FindByName(drug);
            return new DrugSummary(drug, substance?.RxNorm, substance?.Atc ?? [], withModel.Contains(drug), withGuidance.Contains(drug));
        });
        return new JsonAnswer(
            JsonSerializer.SerializeToUtf8Bytes(new DrugList(KnowledgeBase.Default.Version, [.. drugs]), ContractsJsonContext.Wire.DrugList),
            StatusCodes.Status200OK);
    }

    // Warfarin's guideline is a flow chart and has no rows in the table.
    private static IEnumerable<string> GuidedDrugs() => RecommendationTable.Default.Drugs.Append("warfarin");

    private static GeneSummary Summarise(Gene gene) => new(
        gene.Symbol.Value,
        gene.IsInterpreted,
        JsonNamingPolicy.KebabCaseLower.ConvertName(gene.Method.ToString()),
        gene.Calling == CallingMethod.Variants,
        gene.Haplotypes.Count,
        [.. gene.Phenotypes.Select(phenotype => phenotype.Term)],
        gene.DefinitionDate.Length > 0 ? gene.DefinitionDate : null);
}
