using System.Collections.Concurrent;
using DrugResponse.Prediction.Models;
using DrugResponse.Training.Evidence;
using DrugResponse.Training.Plots;
using DrugResponse.Training.Publishing;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>Trains, validates and publishes the models of drugs on virtual cohorts. Deterministic by seed, whatever the number of threads.</summary>
/// <param name="scale">How much work.</param>
/// <param name="seed">Seed of everything.</param>
/// <param name="shares">Shares of the ancestry groups; null for the usual ones.</param>
internal sealed class ReferenceTraining(TrainingScale scale, int seed, IReadOnlyList<double>? shares = null)
{
    /// <summary>Drugs that have evidence tables, by name.</summary>
    public static IReadOnlyList<string> Drugs { get; } =
        [.. EvidenceTables.Outcomes.Select(static outcome => outcome.Drug).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Trains drugs and publishes their models into a folder.</summary>
    /// <param name="drugs">The drugs.</param>
    /// <param name="folder">Folder of the registry.</param>
    /// <param name="progress">Told of each endpoint that is done.</param>
    /// <param name="cancellationToken">Stops between endpoints; nothing is published then.</param>
    public void Run(IReadOnlyList<string> drugs, string folder, Action<TrainedEndpoint> progress, CancellationToken cancellationToken)
    {
        var trained = new ConcurrentBag<TrainedEndpoint>();
        Parallel.ForEach(
            Partitioner.Create(drugs, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            drug =>
            {
                foreach (var endpoint in Train(drug, cancellationToken))
                {
                    trained.Add(endpoint);
                    progress(endpoint);
                }
            });

        var publisher = new ModelPublisher(folder);
        foreach (var endpoint in trained.OrderBy(static each => each.Card.Drug, StringComparer.Ordinal).ThenBy(static each => each.Card.Endpoint, StringComparer.Ordinal))
            endpoint.Publish(publisher);
    }

    /// <summary>Trains the endpoints of a drug.</summary>
    public IEnumerable<TrainedEndpoint> Train(string drug, CancellationToken cancellationToken)
    {
        var equations = EvidenceTables.OfDrug(drug).Select(RiskEquation.Of).ToList();
        foreach (var population in equations.GroupBy(static equation => equation.Evidence.Population))
        {
            var cohort = new DrugCohort(drug, population.Key, [.. population], scale, seed, shares);
            foreach (var equation in population)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return Train(equation, cohort);
            }
        }
    }

    private static TrainedEndpoint Train(RiskEquation equation, DrugCohort cohort)
    {
        var models = EndpointModels.Train(equation, cohort);
        if (equation.HasNoFactors)
            return new TrainedEndpoint(models, ReferenceCards.Of(models, cohort, null, [], []));

        var rows = ScoredRows.Of(models, cohort.Validation);
        var validation = RiskValidation.Measure(rows);
        ModelMetric[] metrics = [.. CarrierRisks.Of(models, rows), .. IntervalValidation.Measure(models, rows, cohort)];
        return new TrainedEndpoint(
            models, ReferenceCards.Of(models, cohort, validation, metrics, StandardisedRatios.Of(models, cohort.Population)));
    }
}

/// <summary>An endpoint that is ready to be published.</summary>
/// <param name="Models">Its models.</param>
/// <param name="Card">Its card.</param>
internal sealed record TrainedEndpoint(EndpointModels Models, ModelCard Card)
{
    /// <summary>Publishes archives, card and drawings.</summary>
    public void Publish(ModelPublisher publisher) =>
        publisher.Publish(Card, Models.Risk, Models.Equation.Evidence.IsPrimary, Models.Spread, ModelDrawings.Of(Card, Models.Risk));
}
