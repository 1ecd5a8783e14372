using DrugResponse.Functions.Protection;

namespace DrugResponse.Functions.Access;

/// <summary>The secret master keys behind patient pseudonyms and request hashes, section <c>DrugResponse:Pseudonyms</c>.</summary>
internal sealed class PseudonymOptions : MasterKeyOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "DrugResponse:Pseudonyms";

    /// <summary>The public key of Development.</summary>
    public static string DevelopmentKey { get; } = PublicKey("DrugResponse development key");
}
