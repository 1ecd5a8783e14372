namespace DrugResponse.Functions.StorageAccess;

/// <summary>
/// The storage account that callers send large cohorts to, section <c>DrugResponse:Batches:UploadStorage</c>. Without one they use the
/// app's own, which must then be reachable for them.
/// </summary>
internal sealed class UploadStorageSettings
{
    /// <summary>The configuration section.</summary>
    public const string Section = "DrugResponse:Batches:UploadStorage";

    /// <summary>The account's name; the identity that reaches the app's own account reaches it too.</summary>
    public string? AccountName { get; set; }

    /// <summary>The same by a connection string with a key, for other places than Azure.</summary>
    public string? ConnectionString { get; set; }
}
