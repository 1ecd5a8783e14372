namespace DrugResponse.Contracts.Batches;

/// <summary>The forms in which rows are sent and results are read.</summary>
public static class BatchFormats
{
    /// <summary>One JSON object per line (<c>application/x-ndjson</c>).</summary>
    public const string NdJson = "ndjson";

    /// <summary>Comma or semicolon separated values with a header (<c>text/csv</c>).</summary>
    public const string Csv = "csv";

    /// <summary>One JSON array (<c>application/json</c>); for input only.</summary>
    public const string Json = "json";
}
