namespace DrugResponse.ModelArchives.Format;

/// <summary>Which component of the archive something belongs to, for messages.</summary>
internal sealed record ComponentIdentity(string LoaderSignature, string ModelSignature, string Place, string Entry)
{
    public UnsupportedComponentException Unsupported(string reason, string? hint = null) =>
        new(LoaderSignature, ModelSignature, Place, Entry, reason, hint);

    public ModelArchiveFormatException Mismatch(string expected, string found) => new(Entry, ModelHeader.Size, expected, found);
}
