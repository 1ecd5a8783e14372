using System.Collections.Immutable;
using DrugResponse.ModelArchives;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Models;

/// <summary>An archive compiled, with the features that its inputs stand for.</summary>
/// <param name="Scorer">The compiled archive.</param>
/// <param name="Features">One feature per input, in the order of the inputs.</param>
internal sealed record BoundArchive(ModelScorer Scorer, ImmutableArray<Feature> Features)
{
    /// <summary>Reads an archive and binds its inputs to features.</summary>
    /// <param name="archive">The archive's bytes.</param>
    /// <param name="faults">Takes a sentence per thing that keeps the archive from scoring patients.</param>
    /// <returns>The archive, or null when it cannot be read at all.</returns>
    public static BoundArchive? Read(ReadOnlyMemory<byte> archive, List<string> faults)
    {
        ModelScorer scorer;
        try
        {
            scorer = ModelArchive.Read(archive).Compile();
        }
        catch (Exception exception) when (exception is ModelArchiveException or InvalidOperationException)
        {
            faults.Add($"the archive cannot be scored: {exception.Message}");
            return null;
        }

        if (!scorer.AcceptsNumbers)
            faults.Add("the archive has inputs that are not of type Single; features are numbers.");
        return new BoundArchive(scorer, BindFeatures(scorer, faults));
    }

    /// <summary>A row in which nothing is known.</summary>
    public float[] UnknownRow()
    {
        var row = new float[Scorer.RowLength];
        Array.Fill(row, float.NaN);
        return row;
    }

    private static ImmutableArray<Feature> BindFeatures(ModelScorer scorer, List<string> faults)
    {
        var features = ImmutableArray.CreateBuilder<Feature>(scorer.Inputs.Count);
        foreach (var input in scorer.Inputs)
        {
            if (input.SlotCount != 1)
                faults.Add($"the input '{input.Name}' is a vector; features are single numbers.");
            else if (!FeatureCatalogue.TryGet(input.Name, out var feature))
                faults.Add($"the input '{input.Name}' is not in the feature catalogue.");
            else if (!input.MayBeMissing)
                faults.Add($"the input '{input.Name}' has no rule for a missing value.");
            else
                features.Add(feature);
        }

        return features.ToImmutable();
    }
}
