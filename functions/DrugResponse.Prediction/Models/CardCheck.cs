using System.Text.Json;
using DrugResponse.ModelArchives;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Scoring;

namespace DrugResponse.Prediction.Models;

/// <summary>Reads model cards, and tells what in a card does not fit what it lies beside.</summary>
internal static class CardCheck
{
    /// <summary>Reads a card; what is wrong with it alone is added to the faults.</summary>
    /// <returns>The card, or null when it cannot be read.</returns>
    public static ModelCard? Read(ReadOnlyMemory<byte> json, List<string> faults)
    {
        try
        {
            var card = JsonSerializer.Deserialize(json.Span, ModelJson.Default.ModelCard);
            if (card is not null && !HoldsNull(card))
                return card;
            faults.Add("the card, its strata, its training ranges or its evidence hold a null.");
        }
        catch (JsonException exception)
        {
            faults.Add($"the card cannot be read: {exception.Message}");
        }

        return null;
    }

    /// <summary>Whether the card is that of the version that the registry names, and consistent in itself.</summary>
    public static void Check(ModelCard card, RegisteredEndpoint endpoint, RegisteredVersion version, List<string> faults)
    {
        if ((card.Drug, card.Endpoint, card.Kind, card.Version) != (endpoint.Drug, endpoint.Endpoint, endpoint.Kind, version.Version))
            faults.Add("the card is of another model (drug, endpoint, kind or version differ from the registry).");
        if (card.Kind == EndpointKind.Dose && card.ComparisonGroup is not null)
            faults.Add("the card puts a dose into a comparison group; only probabilities are compared.");
        if (card.Interval.Level is not (> 0 and < 1))
            faults.Add("the interval's level is not between 0 and 1.");
        if (version.Spread is null)
            CheckStrata(card.Interval, faults);
        else
            CheckSpread(card, faults);
        CheckNames(card, faults);
        CheckLeftOut(card, faults);
    }

    /// <summary>Whether the card's scale is known and fits the endpoint and the archive.</summary>
    public static void CheckScale(ModelCard card, ModelScorer? scorer, List<string> faults)
    {
        if (ScoreScale.Find(card.Scale) is not { } scale)
        {
            faults.Add($"the scale '{card.Scale}' is not known.");
            return;
        }

        if (scale.IsProbability == (card.Kind == EndpointKind.Dose))
            faults.Add($"the scale '{scale.Name}' does not fit an endpoint of kind {card.Kind}.");
        if (!scale.IsProbability && string.IsNullOrEmpty(card.Unit))
            faults.Add("the card states no unit.");
        if (scorer is null)
            return;
        if (scorer.Kind != (scale.IsProbability ? PredictionKind.Binary : PredictionKind.Regression))
            faults.Add($"the archive's kind of prediction, {scorer.Kind}, does not fit the scale '{scale.Name}'.");
        else if (scale.IsProbability && !scorer.IsCalibrated)
            faults.Add("the archive gives no probability: it has no calibrator.");
    }

    private static void CheckStrata(ModelInterval interval, List<string> faults)
    {
        if (interval.Strata is not [.., { Missing.Count: 0 }])
            faults.Add("the interval's last stratum must have no missing features, so that one always applies.");
        if (interval.Strata.Any(stratum => !(stratum.Lower <= 0 && stratum.Upper >= 0)))
            faults.Add("an interval stratum has a lower offset above 0 or an upper one below.");
    }

    // Two sources of one interval would have to agree, and nobody could tell which one an answer came from.
    private static void CheckSpread(ModelCard card, List<string> faults)
    {
        if (card.Interval.Strata.Count > 0)
            faults.Add("the version has spread archives, so the card's interval must have no strata.");
        if (card.Interval.RelativeToScore)
            faults.Add("the version has spread archives, whose distances are not relative to the score.");
        if (card.Scale != ScoreScale.LogOdds.Name)
            faults.Add($"the version has spread archives, which give distances of log-odds, and the card's scale is '{card.Scale}'.");
    }

    // A misspelt name would never apply, and no answer would show it.
    private static void CheckNames(ModelCard card, List<string> faults) =>
        faults.AddRange(card.Interval.Strata.SelectMany(stratum => stratum.Missing).Concat(card.TrainingRanges.Keys)
            .Concat(card.LeftOut.Select(static effect => effect.Feature).OfType<string>())
            .Where(name => !FeatureCatalogue.TryGet(name, out _))
            .Distinct(StringComparer.Ordinal)
            .Select(name => $"the card names '{name}', which is not in the feature catalogue."));

    private static void CheckLeftOut(ModelCard card, List<string> faults)
    {
        foreach (var effect in card.LeftOut)
        {
            if ((effect.Feature is null) != (effect.From is null && effect.To is null))
                faults.Add($"the left-out effect '{effect.Factor}' must name both a feature and a range of it, or neither.");
            else if (effect.From > effect.To)
                faults.Add($"the left-out effect '{effect.Factor}' has a range that ends before it begins.");
        }
    }

    // The reader of JSON lets a null stand in a list or as a value of a map.
    private static bool HoldsNull(ModelCard card) =>
        card.Interval.Strata.Any(static stratum => stratum is null || stratum.Missing.Contains(null!))
        || card.TrainingRanges.Values.Contains(null!)
        || card.Coefficients.Contains(null!)
        || card.LeftOut.Contains(null!);
}
