using DrugResponse.Pharmacogenomics.Guidance;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Medications;
using DrugResponse.Pharmacogenomics.Phenoconversion;

namespace DrugResponse.Functions.Genotypes;

/// <summary>
/// Reads the pharmacogenomic tables at start, beside the loading of models: the server listens meanwhile, and the first request finds them read
/// or waits for what is left.
/// </summary>
internal sealed class KnowledgePreparation : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(
        static () =>
        {
            _ = GenotypeInterpreter.Default;
            _ = SubstanceCatalogue.Default;
            _ = PerpetratorTable.Default;
            _ = RecommendationTable.Default;
        },
        stoppingToken);
}
