using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DrugResponse.Storage.Batches;

/// <summary>
/// Names the prediction of one row of a batch and says where it is kept: <c>{batch}.{chunk}.{row}</c>. It is told apart from the id of a
/// single prediction by its dots.
/// </summary>
/// <param name="Batch">The batch.</param>
/// <param name="Chunk">The chunk that the row belongs to, from 0.</param>
/// <param name="Row">Number of the row in the batch, from 0.</param>
public readonly record struct BatchRowId(BatchId Batch, int Chunk, long Row)
{
    /// <summary>Reads an id's text, strictly: an id has exactly one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The id.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out BatchRowId id)
    {
        id = default;
        var parts = text?.Split('.');
        if (parts is not [var batchText, var chunkText, var rowText]
            || !BatchId.TryParse(batchText, out var batch)
            || !int.TryParse(chunkText, NumberStyles.None, CultureInfo.InvariantCulture, out var chunk)
            || !long.TryParse(rowText, NumberStyles.None, CultureInfo.InvariantCulture, out var row))
            return false;

        id = new BatchRowId(batch, chunk, row);
        return id.ToString() == text;
    }

    /// <summary>The id's text.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Batch}.{Chunk}.{Row}");
}
