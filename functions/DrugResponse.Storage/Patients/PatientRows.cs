using System.Globalization;

namespace DrugResponse.Storage.Patients;

/// <summary>
/// The rows of the table of patients, all of a tenant in its partition, and their keys:
/// <list type="table">
/// <item><term><c>v{version}.{pseudonym}</c></term><description>a patient under one version of the pseudonym key</description></item>
/// <item><term><c>k.{patient key}.v{version}</c></term><description>the way back, from the key to that row</description></item>
/// <item><term><c>c.{patient key}</c></term><description>what was recorded of the patient's consent</description></item>
/// <item><term><c>o.v{version}.{pseudonym}</c></term><description>an objection, so that all of a tenant can be read at
/// once</description></item>
/// </list>
/// Stored rows must stay readable: never change a format.
/// </summary>
internal static class PatientRows
{
    /// <summary>The table's name.</summary>
    public const string TableName = "patients";

    /// <summary>The patient's key; absent where an erased patient's objection is all that is kept.</summary>
    public const string KeyProperty = "PatientKey";

    /// <summary>When the row was made.</summary>
    public const string CreatedAtProperty = "CreatedAt";

    /// <summary>Whether the patient objects to being scored.</summary>
    public const string ObjectedProperty = "Objected";

    /// <summary>In the row of the way back, the row key of the pseudonym.</summary>
    public const string PseudonymProperty = "Pseudonym";

    /// <summary>What the row keys of objections begin with.</summary>
    public const string ObjectionPrefix = "o.";

    /// <summary>What the row keys of ways back begin with.</summary>
    public const string WayBackPrefix = "k.";

    /// <summary>Behind every row key that begins with a prefix that ends in a dot.</summary>
    public static string EndOf(string prefix) => prefix[..^1] + "/";

    /// <summary>The row of a pseudonym; see the remarks of <see cref="PseudonymKeyRing"/>.</summary>
    public static string PseudonymKey(int version, string pseudonym) => string.Create(CultureInfo.InvariantCulture, $"v{version}.{pseudonym}");

    /// <summary>The version in the row key of a pseudonym.</summary>
    public static int VersionOf(string pseudonymKey) =>
        int.Parse(pseudonymKey.AsSpan(1, pseudonymKey.IndexOf('.', StringComparison.Ordinal) - 1), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>What the row keys of a patient's ways back begin with.</summary>
    public static string WaysBackOf(PatientKey patientKey) => $"{WayBackPrefix}{patientKey}.";

    /// <summary>The row of the way back to a pseudonym.</summary>
    public static string WayBackKey(PatientKey patientKey, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{WaysBackOf(patientKey)}v{version}");

    /// <summary>The row of a patient's consent.</summary>
    public static string ConsentKey(PatientKey patientKey) => $"c.{patientKey}";

    /// <summary>The row of an objection.</summary>
    public static string ObjectionKey(string pseudonymKey) => ObjectionPrefix + pseudonymKey;
}
