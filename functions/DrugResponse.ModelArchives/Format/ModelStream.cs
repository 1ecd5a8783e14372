namespace DrugResponse.ModelArchives.Format;

/// <summary>An opened component: its header, the body to read, and the directory that holds its parts.</summary>
internal sealed record ModelStream(ModelDirectory Directory, ModelHeader Header, EntryReader Body)
{
    public ComponentVersion Version => Header.Version;

    public ComponentIdentity Identity => new(Header.LoaderSignature, Header.ModelSignature, Directory.Path, Body.Entry);

    public UnsupportedComponentException Unsupported(string reason, string? hint = null) => Identity.Unsupported(reason, hint);

    /// <summary>Reads the column-pair block: a count, then output and input name of each pair.</summary>
    public ColumnPair[] Pairs()
    {
        var pairs = new ColumnPair[Body.Count(8, "columns", footprint: 100)];
        for (var index = 0; index < pairs.Length; index++)
            pairs[index] = new ColumnPair(Body.String("an output column"), Body.String("an input column"));

        return pairs;
    }
}

/// <summary>Names of a column that a transform makes, and of the one it makes it from.</summary>
internal readonly record struct ColumnPair(string Output, string Input);
