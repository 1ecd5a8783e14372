using Azure;

namespace DrugResponse.Storage.Tables;

/// <summary>What a <see cref="TableTransactionAction"/> does to its row.</summary>
public enum TableTransactionActionType
{
    /// <summary>Inserts; the transaction fails with 409 if the row exists.</summary>
    Add = 0,

    /// <summary>Merges into an existing row whose ETag matches; else the transaction fails with 404 or 412.</summary>
    UpdateMerge = 1,

    /// <summary>Replaces an existing row whose ETag matches; else the transaction fails with 404 or 412.</summary>
    UpdateReplace = 2,

    /// <summary>Deletes an existing row whose ETag matches; else the transaction fails with 404 or 412.</summary>
    Delete = 3,

    /// <summary>Inserts, or merges into what is there.</summary>
    UpsertMerge = 4,

    /// <summary>Inserts, or replaces what is there.</summary>
    UpsertReplace = 5,
}

/// <summary>One row's part in an entity-group transaction; see <see cref="TableClient.SubmitTransactionAsync"/>.</summary>
public sealed class TableTransactionAction
{
    /// <summary>Makes an action.</summary>
    /// <param name="actionType">What to do.</param>
    /// <param name="entity">The row; for a deletion only its keys count.</param>
    /// <param name="etag">
    /// For updates and deletions, the ETag that the row must have. Without one, whatever is there is changed. Ignored by other actions.
    /// </param>
    public TableTransactionAction(TableTransactionActionType actionType, TableEntity entity, ETag etag = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ActionType = actionType;
        Entity = entity;
        ETag = etag;
    }

    /// <summary>What to do.</summary>
    public TableTransactionActionType ActionType { get; }

    /// <summary>The row.</summary>
    public TableEntity Entity { get; }

    /// <summary>The ETag that the row must have, or the default value for any.</summary>
    public ETag ETag { get; }
}
