using System.Collections.Immutable;
using DrugResponse.ModelArchives;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Scoring;

namespace DrugResponse.Prediction.Models;

/// <summary>Makes a model of the files of a version, if they fit together and every patient can be scored with them.</summary>
internal static class ModelBinder
{
    /// <summary>Binds a version.</summary>
    /// <param name="registered">Where the registry has it.</param>
    /// <param name="files">Its files.</param>
    /// <param name="faults">Takes a sentence per fault; empty before.</param>
    /// <returns>The model, or null when there is a fault.</returns>
    public static ScoredModel? Bind(RegisteredModel registered, VersionFiles files, List<string> faults)
    {
        var card = CardCheck.Read(files.Card, faults);
        var archive = BoundArchive.Read(files.Model, faults);
        var spread = files.Spread is null ? null : ReadSpread(files.Spread, faults);
        if (card is not null)
        {
            CardCheck.Check(card, registered.Endpoint, registered.Version, faults);
            CardCheck.CheckScale(card, archive?.Scorer, faults);
            CheckEffects(card, archive, faults);
        }

        if (faults.Count == 0)
            TryOut(archive!, faults);
        if (faults.Count > 0 || card is null || archive is null)
            return null;

        var features = Union(archive.Features, spread);
        IntervalSource interval = spread is null
            ? new StratifiedInterval(card.Interval, features)
            : new SpreadInterval(features, spread);
        return new ScoredModel(archive.Scorer, features, interval, card, registered);
    }

    private static SpreadArchives? ReadSpread(SpreadFiles files, List<string> faults)
    {
        var lower = ReadSpread(files.Lower, "lower", faults);
        var upper = ReadSpread(files.Upper, "upper", faults);
        return lower is null || upper is null ? null : new SpreadArchives(lower, upper);
    }

    private static BoundArchive? ReadSpread(ReadOnlyMemory<byte> archive, string side, List<string> faults)
    {
        var own = new List<string>();
        var bound = BoundArchive.Read(archive, own);
        if (bound is not null && bound.Scorer.Kind != PredictionKind.Regression)
            own.Add($"the archive's kind of prediction is {bound.Scorer.Kind}, not {PredictionKind.Regression}.");
        if (bound is not null && own.Count == 0)
            TryOutSpread(bound, own);
        faults.AddRange(own.Select(fault => $"the {side} spread: {fault}"));
        return own.Count == 0 ? bound : null;
    }

    private static void CheckEffects(ModelCard card, BoundArchive? archive, List<string> faults)
    {
        if (card.HasNoKnownEffects && archive is { Scorer.Inputs.Count: > 0 })
            faults.Add("the card says that nothing is known to change the endpoint, but the archive's score depends on its inputs.");
    }

    // What would fail for every patient is to fail here. Every model must take a patient of whom nothing is known.
    private static void TryOut(BoundArchive archive, List<string> faults)
    {
        var unknown = archive.UnknownRow();
        try
        {
            archive.Scorer.Predict(unknown);
            archive.Scorer.Explain(unknown);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ModelInputException or ExplanationUnavailableException)
        {
            faults.Add($"the archive cannot score and explain a patient: {exception.Message}");
        }
    }

    private static void TryOutSpread(BoundArchive archive, List<string> faults)
    {
        try
        {
            if (!float.IsFinite(archive.Scorer.Predict(archive.UnknownRow()).Score))
                faults.Add("the archive gives no number for a patient of whom nothing is known.");
        }
        catch (Exception exception) when (exception is InvalidOperationException or ModelInputException)
        {
            faults.Add($"the archive cannot score a patient: {exception.Message}");
        }
    }

    // The model's own inputs come first and in their order, since its row is the beginning of the values.
    private static ImmutableArray<Feature> Union(ImmutableArray<Feature> own, SpreadArchives? spread) =>
        spread is null
            ? own
            : [.. own.Concat(spread.Lower.Features).Concat(spread.Upper.Features).DistinctBy(static feature => feature.Name)];
}

/// <summary>A version of an endpoint, as the registry has it.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Version">The version.</param>
internal sealed record RegisteredModel(RegisteredEndpoint Endpoint, RegisteredVersion Version)
{
    /// <summary>The model as <c>drug/endpoint</c>.</summary>
    public string Id => $"{Endpoint.Drug}/{Endpoint.Endpoint}";
}
