namespace DrugResponse.ModelArchives;

/// <summary>An archive asks for more than <see cref="ModelArchiveLimits"/> allows; nothing of that size was allocated.</summary>
public sealed class ModelArchiveLimitException : ModelArchiveException
{
    internal ModelArchiveLimitException(string entry, long offset, string limit, long allowed, long found)
        : base(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Locate(entry, offset)}: {limit} may be at most {allowed}, found {found}."),
            entry,
            offset)
    {
        Limit = limit;
        Allowed = allowed;
        Found = found;
    }

    /// <summary>What is limited, in words.</summary>
    public string Limit { get; }

    /// <summary>The largest value allowed.</summary>
    public long Allowed { get; }

    /// <summary>The value the archive asks for.</summary>
    public long Found { get; }
}
