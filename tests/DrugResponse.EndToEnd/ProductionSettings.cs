using DrugResponse.Testing;

namespace DrugResponse.EndToEnd;

/// <summary>The settings without which the app does not start outside Development.</summary>
internal static class ProductionSettings
{
    /// <summary>The tenant that the tests act for.</summary>
    public const string Tenant = "end-to-end";

    private static readonly string PseudonymKey = Convert.ToBase64String(Enumerable.Range(0, 32).Select(static i => (byte)i).ToArray());

    private static readonly string ProtectionKey = Convert.ToBase64String(Enumerable.Range(32, 32).Select(static i => (byte)i).ToArray());

    /// <summary>Gives them as environment variables.</summary>
    /// <param name="connectionString">The storage account.</param>
    public static (string Name, string Value)[] For(string connectionString) =>
    [
        ("AzureWebJobsStorage", connectionString),
        ("DrugResponse__Access__QueueTenant", Tenant),
        ("DrugResponse__Pseudonyms__Keys__1", PseudonymKey),
        ("DrugResponse__Protection__Keys__1", ProtectionKey),
        ("DrugResponse__Models__PublicKeys__0", SigningKey.Public),
    ];
}
