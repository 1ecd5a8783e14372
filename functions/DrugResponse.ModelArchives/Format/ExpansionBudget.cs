namespace DrugResponse.ModelArchives.Format;

/// <summary>The bytes that reading one archive may still expand to. It bounds the work as well: what is read twice counts twice.</summary>
internal sealed class ExpansionBudget(long bytes)
{
    private long _bytes = bytes;

    public void Take(string entry, long offset, long bytes)
    {
        if (bytes > _bytes)
            throw new ModelArchiveLimitException(entry, offset, "the expanded size in bytes", _bytes, bytes);
        _bytes -= bytes;
    }
}
