namespace DrugResponse.ModelArchives.Predictors.Ranks;

/// <summary>Rows that are scored together; the values of one feature lie together.</summary>
internal static class RowBlock
{
    /// <summary>Rows of a block: as many Single values as the widest vector holds.</summary>
    public const int Rows = 16;
}
