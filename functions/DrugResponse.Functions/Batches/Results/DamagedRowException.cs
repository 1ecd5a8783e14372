namespace DrugResponse.Functions.Batches.Results;

/// <summary>What came of a row of a batch is stored and cannot be read. It is answered as a problem that names the row.</summary>
/// <param name="line">Where the row stands in the input.</param>
internal sealed class DamagedRowException(long line) : Exception("What came of a row of a batch cannot be read.")
{
    /// <summary>Where the row stands in the input.</summary>
    public long Line => line;
}
