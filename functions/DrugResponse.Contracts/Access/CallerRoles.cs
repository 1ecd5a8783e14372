namespace DrugResponse.Contracts.Access;

/// <summary>What callers may be. A caller has one role or several; each endpoint names those it is for.</summary>
public static class CallerRoles
{
    /// <summary>Predicts, and reads and looks after its patients.</summary>
    public const string Pharmacy = "pharmacy";

    /// <summary>Submits and reads batches.</summary>
    public const string Sponsor = "sponsor";

    /// <summary>Reads models.</summary>
    public const string DataScientist = "data-scientist";

    /// <summary>Manages keys, reads the audit trail, answers what patients ask for. Does not predict.</summary>
    public const string Admin = "admin";

    /// <summary>How many there are.</summary>
    internal const int Count = 4;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Pharmacy, Sponsor, DataScientist, Admin];
}
