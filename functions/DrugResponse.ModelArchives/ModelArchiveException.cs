namespace DrugResponse.ModelArchives;

/// <summary>An archive cannot be used: it is malformed, exceeds a limit, or holds a component that the library does not evaluate.</summary>
/// <remarks>Reading an archive throws no other exception for anything the archive contains.</remarks>
public abstract class ModelArchiveException : Exception
{
    private protected ModelArchiveException(string message, string entry, long offset, Exception? innerException = null)
        : base(message, innerException)
    {
        Entry = entry;
        Offset = offset;
    }

    /// <summary>Name of the archive entry, with <c>/</c> as separator; empty for the zip container itself.</summary>
    public string Entry { get; }

    /// <summary>Byte offset within the expanded entry, or within the archive when <see cref="Entry"/> is empty.</summary>
    public long Offset { get; }

    private protected static string Locate(string entry, long offset) =>
        entry.Length == 0 ? $"Archive, byte {offset}" : $"{entry}, byte {offset}";
}
