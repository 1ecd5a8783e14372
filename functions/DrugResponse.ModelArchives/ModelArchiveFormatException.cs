namespace DrugResponse.ModelArchives;

/// <summary>The bytes of an archive contradict the format, or its parts contradict each other.</summary>
public sealed class ModelArchiveFormatException : ModelArchiveException
{
    internal ModelArchiveFormatException(string entry, long offset, string expected, string found, Exception? innerException = null)
        : base($"{Locate(entry, offset)}: expected {expected}, found {found}.", entry, offset, innerException)
    {
        Expected = expected;
        Found = found;
    }

    /// <summary>What the format asks for at this place.</summary>
    public string Expected { get; }

    /// <summary>What the archive has there.</summary>
    public string Found { get; }
}
