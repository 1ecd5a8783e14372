using DrugResponse.Prediction.Models;
using DrugResponse.Training.Additive;

namespace DrugResponse.Training.Plots;

/// <summary>The drawings that lie beside a card.</summary>
internal static class ModelDrawings
{
    /// <summary>The drawings by file name: those for which the card has figures.</summary>
    public static IReadOnlyDictionary<string, string> Of(ModelCard card, AdditiveModel model)
    {
        var drawings = new Dictionary<string, string>();
        if (card.HasNoKnownEffects)
            return drawings;
        drawings["shapes.svg"] = ShapePlot.Draw(card, model);
        if (card.Reliability.Count > 0)
            drawings["reliability.svg"] = ReliabilityPlot.Draw(card);
        if (card.Metrics.Any(static metric => metric.Name == "observed / predicted" && metric.Group != "all"))
            drawings["subgroups.svg"] = SubgroupPlot.Draw(card);
        return drawings;
    }
}
