namespace DrugResponse.Storage.Tables;

/// <summary>What happens to stored properties that the written entity does not have.</summary>
public enum TableUpdateMode
{
    /// <summary>They stay.</summary>
    Merge = 0,

    /// <summary>They are removed: the row is afterwards exactly what was written.</summary>
    Replace = 1,
}
