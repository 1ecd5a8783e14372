using Azure;
using Azure.Core;

namespace DrugResponse.Storage.Tables;

public sealed partial class TableClient
{
    /// <summary>
    /// Writes many rows of one partition in entity-group transactions: all rows of a transaction are written, or none.
    /// </summary>
    /// <remarks>
    /// A transaction holds at most 100 rows and 3.5 MB. A longer list is split into several, sent one after the other, and is then
    /// <b>not atomic</b>: when one fails, those before it stay. Lists that may be long should therefore be safe to submit again as a
    /// whole, with upserts or with a caller that takes its own rows for done. A lost answer is repeated like any request, so a transaction
    /// with insertions can fail with 409 over its own rows.
    /// </remarks>
    /// <param name="transactionActions">What to do, in order; each row at most once. An empty list does nothing.</param>
    /// <param name="cancellationToken">Cancels the call; transactions that were sent may be committed all the same.</param>
    /// <returns>For each action, in order, the status of its row and (except for deletions) its new ETag in the headers.</returns>
    /// <exception cref="TableTransactionFailedException">
    /// A row was refused: 409 exists, 412 changed by somebody else, 404 absent. It says which one; its transaction wrote nothing.
    /// </exception>
    /// <exception cref="RequestFailedException">
    /// The service refused or did not answer; whether the transaction was committed is unknown.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// Rows belong to different partitions, or a key or property breaks a limit of the service. Of a list that fits one transaction,
    /// nothing was sent; of a longer one, transactions before the faulty row may be committed.
    /// </exception>
    public async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transactionActions);
        var actions = transactionActions as IReadOnlyList<TableTransactionAction> ?? [.. transactionActions];
        CheckPartition(actions);

        var responses = new List<Response>(actions.Count);
        Response last = new TableTransactionPartResponse(202, etag: null);
        while (responses.Count < actions.Count)
            last = await SubmitNextAsync(actions, responses, cancellationToken).ConfigureAwait(false);

        return Response.FromValue<IReadOnlyList<Response>>(responses, last);
    }

    private static void CheckPartition(IReadOnlyList<TableTransactionAction> actions)
    {
        for (var index = 1; index < actions.Count; index++)
            if (actions[index].Entity.PartitionKey != actions[0].Entity.PartitionKey)
                throw new ArgumentException(
                    $"All rows of a transaction belong to one partition; the row at index {index} belongs to another than the first.",
                    nameof(actions));
    }

    private async Task<Response> SubmitNextAsync(
        IReadOnlyList<TableTransactionAction> actions, List<Response> responses, CancellationToken cancellationToken)
    {
        var start = responses.Count;
        var request = new TableTransactionRequest(Uri, actions[start].Entity.PartitionKey);
        var count = request.Write(actions, start);

        using var message = _pipeline.CreateMessage(RequestMethod.Post, "$batch");
        message.Request.Headers.Add("Content-Type", request.ContentType);
        message.Request.Content = RequestContent.Create(request.Body);
        var response = await _pipeline.SendAsync(message, 202, cancellationToken).ConfigureAwait(false);
        request.ReturnBufferAfter(message);

        TableTransactionResponse.Read(response, start, responses);
        if (responses.Count != start + count)
            throw new RequestFailedException(
                response.Status, $"The answer to a transaction of {count} rows speaks of {responses.Count - start}.");

        return response;
    }
}
