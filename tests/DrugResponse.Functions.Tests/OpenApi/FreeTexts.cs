namespace DrugResponse.Functions.Tests.OpenApi;

/// <summary>
/// The texts that nothing bounds, each with its reason. A name stands for the member of every schema, <c>A.b</c> for that of one.
/// </summary>
internal static class FreeTexts
{
    private static readonly Dictionary<string, string[]> ByReason = new(StringComparer.Ordinal)
    {
        ["Sentences for people, which later versions may word otherwise"] =
        [
            "definition", "detail", "errors", "failure", "meaning", "message", "notIncluded", "predicts", "reason", "reasoning",
            "shapeFunctionsReason", "source", "title",
        ],
        ["Names and terms of guidelines and nomenclatures, in their own spelling"] =
        [
            "activityScore", "allele", "alleles", "clinicalActivityScore", "clinicalPhenotype", "GenePhenotype.diplotypes", "effect",
            "evidence", "genes", "implications", "missingPositions", "phenotype", "GeneSummary.phenotypes", "GuidanceAction.phenotypes", "population",
            "possiblePhenotypes", "qualifiers", "reservations", "strength",
        ],
        ["The vocabulary and the units that the catalogue lists"] =
            ["absenceWords", "ConditionTerm.name", "VocabularyTerm.name", "unit", "words"],
        ["The ancestry that a request gave"] = ["SubgroupSummary.value"],
        ["Ids and lists of ids that are only to be shown and quoted"] =
            ["chain", "idempotencyClaim", "modelVersions", "AuditRecord.models", "ExportedAccess.models", "resource", "traceId"],
        ["As long as a body may be"] = ["Genotype.vcf"],
        ["Of the caller's own file, and only compared"] = ["TranslateGenotype.sample"],
        ["As RFC 7240 has it; what is not understood is passed over"] = ["PredictPatient.Prefer"],
    };

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => ByReason.SelectMany(static reason => reason.Value);

    /// <summary>Whether there is a reason for a text, named <c>Schema.member</c> or <c>Operation.parameter</c>.</summary>
    public static bool Explain(string text) => Names.Any(name => IsMeant(text, name));

    /// <summary>Whether a name of the list means a text.</summary>
    public static bool IsMeant(string text, string name) => text == name || text.EndsWith($".{name}", StringComparison.Ordinal);
}
