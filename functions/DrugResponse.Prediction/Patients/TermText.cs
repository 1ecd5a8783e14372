namespace DrugResponse.Prediction.Patients;

/// <summary>Brings the words of a record into one way of writing, so that a vocabulary needs each term once.</summary>
internal static class TermText
{
    /// <summary>Lower case; hyphens, underscores and runs of blanks as one blank; without apostrophes and full stops.</summary>
    public static string Normalise(ReadOnlySpan<char> term)
    {
        Span<char> buffer = term.Length <= 256 ? stackalloc char[term.Length] : new char[term.Length];
        var length = 0;
        foreach (var c in term)
        {
            if (c is '\'' or '’' or '.')
                continue;
            if (!char.IsWhiteSpace(c) && c is not ('-' or '_' or '‐' or '–'))
                buffer[length++] = char.ToLowerInvariant(c);
            else if (length > 0 && buffer[length - 1] != ' ')
                buffer[length++] = ' ';
        }

        return new string(buffer[..length].TrimEnd());
    }
}
