using System.Globalization;
using System.Runtime.CompilerServices;

namespace DrugResponse.Storage.Tables;

/// <summary>
/// The rules for partition keys, row keys and table names
/// (https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model), checked before a request leaves:
/// the service's own answer to a bad key names neither key nor character.
/// </summary>
internal static class TableKeys
{
    // 1 KiB as UTF-16.
    private const int MaxLength = 512;

    /// <summary>Checks a key.</summary>
    /// <exception cref="ArgumentException">
    /// The key is too long or holds a forbidden character. The message does not repeat the key.
    /// </exception>
    public static void Validate(string key, [CallerArgumentExpression(nameof(key))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(key, name);
        if (key.Length > MaxLength)
            throw new ArgumentException($"A table key has at most {MaxLength} characters; this one has {key.Length}.", name);

        for (var index = 0; index < key.Length; index++)
        {
            var character = key[index];
            if (character is '/' or '\\' or '#' or '?' || char.IsControl(character))
                throw new ArgumentException(Message("may not hold", character, index), name);
            if (char.IsSurrogate(character))
            {
                if (index + 1 == key.Length || !char.IsSurrogatePair(character, key[index + 1]))
                    throw new ArgumentException(Message("holds the unpaired surrogate", character, index), name);
                index++;
            }
        }
    }

    /// <summary>Checks the name of a table.</summary>
    /// <exception cref="ArgumentException">No table can have the name.</exception>
    public static void ValidateTableName(string tableName, [CallerArgumentExpression(nameof(tableName))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(tableName, name);
        if (tableName.Length is < 3 or > 63 || !char.IsAsciiLetter(tableName[0]) || !tableName.All(char.IsAsciiLetterOrDigit))
            throw new ArgumentException($"A table's name has 3 to 63 ASCII letters and digits, a letter first: '{tableName}'.", name);
    }

    private static string Message(string what, char character, int index) => string.Create(
        CultureInfo.InvariantCulture, $"A table key {what} U+{(int)character:X4}, which stands at index {index}.");
}
