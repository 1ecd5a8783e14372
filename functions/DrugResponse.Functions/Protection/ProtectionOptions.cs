namespace DrugResponse.Functions.Protection;

/// <summary>
/// The secret master keys by which content is encrypted before it is stored, and by which the audit trail is sealed, section
/// <c>DrugResponse:Protection</c>. An old version must stay for as long as something stored, or an audit trail that is still to be
/// verified, depends on it.
/// </summary>
internal sealed class ProtectionOptions : MasterKeyOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "DrugResponse:Protection";

    /// <summary>The public key of Development.</summary>
    public static string DevelopmentKey { get; } = PublicKey("DrugResponse development protection key");
}
