using Azure.Core;

namespace DrugResponse.Storage.Tables;

/// <summary>
/// Options of <see cref="TableServiceClient"/> and <see cref="TableClient"/>: retries, transport and diagnostics are Azure.Core's own.
/// </summary>
public sealed class TableClientOptions : ClientOptions
{
    /// <summary>
    /// The service version that requests ask for: the first that takes Microsoft Entra tokens for tables.
    /// </summary>
    internal const string ServiceVersion = "2020-12-06";
}
