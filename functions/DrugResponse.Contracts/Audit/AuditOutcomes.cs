namespace DrugResponse.Contracts.Audit;

/// <summary>How what an audit entry tells of ended, where that is no HTTP status code. New ones may come.</summary>
public static class AuditOutcomes
{
    /// <summary>It is about to be done; another entry says how it ended.</summary>
    public const string Begun = "begun";

    /// <summary>It was done.</summary>
    public const string Done = "done";

    /// <summary>It was not done, for a reason that whoever asked was told.</summary>
    public const string Refused = "refused";

    /// <summary>A command broke off; how much of it was done is not known.</summary>
    public const string Failed = "failed";

    /// <summary>A removal broke off; the counts are of what was removed by then, and the next run goes on.</summary>
    public const string Unfinished = "unfinished";

    /// <summary>Rows of a batch were scored.</summary>
    public const string Scored = "scored";

    /// <summary>A row of a batch was given up, and has an error.</summary>
    public const string GivenUp = "given up";
}
