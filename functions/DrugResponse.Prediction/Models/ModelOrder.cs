using System.Collections.Immutable;
using DrugResponse.Prediction.Scoring;

namespace DrugResponse.Prediction.Models;

/// <summary>Puts the models of a drug into an order in which each comes after those whose score it asks for.</summary>
internal static class ModelOrder
{
    /// <summary>Orders models.</summary>
    /// <param name="name">What to call them in a fault: their drug.</param>
    /// <param name="models">The models.</param>
    /// <param name="faults">Takes a sentence when models wait for each other or for one that is not there.</param>
    public static ImmutableArray<ScoredModel> Of(string name, IEnumerable<ScoredModel> models, List<string> faults)
    {
        var waiting = models.ToList();
        var ordered = ImmutableArray.CreateBuilder<ScoredModel>(waiting.Count);
        while (waiting.Count > 0)
        {
            var next = waiting.Find(model => model.Needs.All(need => ordered.Any(done => done.Reference.Id == need)));
            if (next is null)
            {
                var names = string.Join(", ", waiting.Select(static model => model.Card.Endpoint));
                faults.Add($"{name}: {names} ask for scores of models that are missing or wait for them.");
                break;
            }

            ordered.Add(next);
            waiting.Remove(next);
        }

        return ordered.ToImmutable();
    }
}
