namespace DrugResponse.Storage.Development;

/// <summary>
/// The one account that every Azurite has and that <c>UseDevelopmentStorage=true</c> means. Its key is published in Microsoft's
/// documentation and protects nothing.
/// </summary>
internal static class DevelopmentAccount
{
    public const string Name = "devstoreaccount1";
    public const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
}
