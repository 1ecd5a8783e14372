using System.Runtime.CompilerServices;
using System.Text;
using Azure;
using DrugResponse.Storage.Protection;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Patients;

/// <summary>
/// What is kept of patients by their keys: under which pseudonyms they were entered, and whether they object to being scored. Thread-safe.
/// </summary>
/// <param name="tables">The table service.</param>
/// <param name="cipher">Encrypts references to consents.</param>
public sealed class PatientRegister(TableServiceClient tables, EnvelopeCipher cipher)
{
    private const string ReferenceProperty = "Reference";
    private const string RecordedAtProperty = "RecordedAt";
    private const string RecordedByProperty = "RecordedBy";

    private readonly TableClient _table = tables.GetTableClient(PatientRows.TableName);
    private readonly WriteTurns _turns = new();

    /// <summary>The pseudonyms under which a patient was entered, one for each version of the key.</summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="patientKey">The patient.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Row keys of the table of patients; empty for a patient that was never named by a raw id, or is not known.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<IReadOnlyList<string>> FindPseudonymsAsync(
        TenantName tenant, PatientKey patientKey, CancellationToken cancellationToken = default)
    {
        var prefix = PatientRows.WaysBackOf(patientKey);
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {tenant.ToString()} and RowKey ge {prefix} and RowKey lt {PatientRows.EndOf(prefix)}");
        var pseudonyms = new List<string>();
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ConfigureAwait(false))
            pseudonyms.Add(row.GetString(PatientRows.PseudonymProperty)!);

        return pseudonyms;
    }

    /// <summary>Finds the key of the patient who is entered under one of some pseudonyms.</summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="pseudonyms">Pseudonyms of one patient.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The key, or <see langword="null"/> if nobody is entered under any of them, or only an objection is kept.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<PatientKey?> FindKeyAsync(
        TenantName tenant, IReadOnlyList<string> pseudonyms, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pseudonyms);
        foreach (var pseudonym in pseudonyms)
        {
            var row = await ReadAsync(tenant.ToString(), pseudonym, cancellationToken).ConfigureAwait(false);
            if (PatientKey.TryParse(row?.GetString(PatientRows.KeyProperty), out var key))
                return key;
        }

        return null;
    }

    /// <summary>Reads what was recorded of a patient's consent.</summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="patientKey">The patient.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The consent, or <see langword="null"/> if none was recorded.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    /// <exception cref="InvalidDataException">What is kept is damaged.</exception>
    public async Task<PatientConsent?> FindConsentAsync(TenantName tenant, PatientKey patientKey, CancellationToken cancellationToken = default)
    {
        var row = await _table
            .GetEntityIfExistsAsync<TableEntity>(tenant.ToString(), PatientRows.ConsentKey(patientKey), cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        if (!row.HasValue)
            return null;

        return new PatientConsent(
            row.Value!.GetBoolean(PatientRows.ObjectedProperty) ?? false,
            row.Value.GetBinary(ReferenceProperty) is { } reference ? Encoding.UTF8.GetString(cipher.Open(PlaceOf(tenant, patientKey), reference)) : null,
            row.Value.GetDateTimeOffset(RecordedAtProperty) ?? default,
            row.Value.GetString(RecordedByProperty) ?? "");
    }

    /// <summary>
    /// Records a patient's consent, in place of what was recorded before: all at once, so that from then on every request for the patient
    /// meets it. Of callers that do so at once the last counts.
    /// </summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="patientKey">The patient.</param>
    /// <param name="consent">The consent.</param>
    /// <param name="cancellationToken">Cancels the call; the consent may be recorded all the same.</param>
    /// <returns>
    /// Whether it is recorded under the patient's pseudonyms too, where it outlives an erasure; not so of a patient that was never named by a
    /// raw id or is erased already.
    /// </returns>
    /// <exception cref="ContentionException">Others changed the patient all the time.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task<bool> RecordConsentAsync(
        TenantName tenant, PatientKey patientKey, PatientConsent consent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(consent);
        return _turns.RepeatAsync(patientKey.ToString(), async () =>
        {
            var rows = await ReadRowsAsync(tenant, patientKey, cancellationToken).ConfigureAwait(false);
            var row = new TableEntity(tenant.ToString(), PatientRows.ConsentKey(patientKey))
            {
                [PatientRows.ObjectedProperty] = consent.HasObjected,
                [ReferenceProperty] = consent.Reference is { } text
                    ? cipher.Seal(PlaceOf(tenant, patientKey), Encoding.UTF8.GetBytes(text))
                    : null!,
                [RecordedAtProperty] = consent.RecordedAt,
                [RecordedByProperty] = consent.RecordedBy,
            };
            var actions = new List<TableTransactionAction> { Replacement(row, rows.Consent) };
            foreach (var pseudonym in rows.Pseudonyms)
                actions.AddRange(await MarkAsync(pseudonym, consent, cancellationToken).ConfigureAwait(false));
            await _table.SubmitTransactionAsync(actions, cancellationToken).ConfigureAwait(false);
            return rows.Pseudonyms.Count > 0;
        }, cancellationToken);
    }

    /// <summary>
    /// Removes a patient: nothing leads from the raw id to the key any more, nor back. Only an objection is kept, under the pseudonym
    /// alone.
    /// </summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="patientKey">The patient.</param>
    /// <param name="cancellationToken">Cancels the call; the patient may be removed all the same.</param>
    /// <exception cref="ContentionException">Others changed the patient all the time.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task RemoveAsync(TenantName tenant, PatientKey patientKey, CancellationToken cancellationToken = default) =>
        _turns.RepeatAsync(patientKey.ToString(), async () =>
        {
            var rows = await ReadRowsAsync(tenant, patientKey, cancellationToken).ConfigureAwait(false);
            var removal = Guid.NewGuid();
            var actions = rows.Pseudonyms.Select(row => Removal(row, removal)).Concat(rows.WaysBack.Select(Deletion));
            if (rows.Consent is { } consent)
                actions = actions.Append(Deletion(consent));
            return await _table.SubmitTransactionAsync(actions, cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    /// <summary>
    /// Reads the pseudonyms of all patients of a tenant that object to being scored: for whoever scores many patients and cannot ask for
    /// each.
    /// </summary>
    /// <param name="tenant">Whose patients.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async IAsyncEnumerable<string> ReadObjectionsAsync(
        TenantName tenant, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        const string prefix = PatientRows.ObjectionPrefix;
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {tenant.ToString()} and RowKey ge {prefix} and RowKey lt {PatientRows.EndOf(prefix)}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ConfigureAwait(false))
            yield return row.RowKey[prefix.Length..];
    }

    private static EnvelopePlace PlaceOf(TenantName tenant, PatientKey patientKey) =>
        new(tenant, $"{PatientRows.TableName}/{PatientRows.ConsentKey(patientKey)}");

    private async Task<PatientsRows> ReadRowsAsync(TenantName tenant, PatientKey patientKey, CancellationToken cancellationToken)
    {
        var (partition, waysBack, pseudonyms) = (tenant.ToString(), new List<TableEntity>(), new List<TableEntity>());
        foreach (var pseudonym in await FindPseudonymsAsync(tenant, patientKey, cancellationToken).ConfigureAwait(false))
        {
            waysBack.Add(new TableEntity(partition, PatientRows.WayBackKey(patientKey, PatientRows.VersionOf(pseudonym))));
            var row = await ReadAsync(partition, pseudonym, cancellationToken).ConfigureAwait(false);
            if (row?.GetString(PatientRows.KeyProperty) == patientKey.ToString())
                pseudonyms.Add(row);
        }

        var consent = await ReadAsync(partition, PatientRows.ConsentKey(patientKey), cancellationToken).ConfigureAwait(false);
        return new PatientsRows(pseudonyms, waysBack, consent);
    }

    private async Task<TableEntity?> ReadAsync(string partition, string rowKey, CancellationToken cancellationToken)
    {
        var row = await _table
            .GetEntityIfExistsAsync<TableEntity>(partition, rowKey, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return row.HasValue ? row.Value : null;
    }

    private async Task<IEnumerable<TableTransactionAction>> MarkAsync(
        TableEntity pseudonym, PatientConsent consent, CancellationToken cancellationToken)
    {
        var (partition, rowKey) = (pseudonym.PartitionKey, pseudonym.RowKey);
        var marked = new TableEntity(partition, rowKey) { [PatientRows.ObjectedProperty] = consent.HasObjected };
        var objection = new TableEntity(partition, PatientRows.ObjectionKey(rowKey))
        {
            [PatientRows.CreatedAtProperty] = consent.RecordedAt,
        };
        var mark = new TableTransactionAction(TableTransactionActionType.UpdateMerge, marked, pseudonym.ETag);
        if (consent.HasObjected)
            return [mark, new(TableTransactionActionType.UpsertReplace, objection)];

        return await ReadAsync(partition, objection.RowKey, cancellationToken).ConfigureAwait(false) is { } existing
            ? [mark, Deletion(existing)]
            : [mark];
    }

    private static TableTransactionAction Replacement(TableEntity row, TableEntity? read) => read is null
        ? new(TableTransactionActionType.Add, row)
        : new(TableTransactionActionType.UpdateReplace, row, read.ETag);

    private static TableTransactionAction Deletion(TableEntity row) => new(TableTransactionActionType.Delete, row, row.ETag);

    private static TableTransactionAction Removal(TableEntity row, Guid removal)
    {
        if (row.GetBoolean(PatientRows.ObjectedProperty) is not true)
            return Deletion(row);

        row.Remove(PatientRows.KeyProperty);
        row[PatientRows.RemovalProperty] = removal;
        return new(TableTransactionActionType.UpdateReplace, row, row.ETag);
    }

    /// <summary>The rows of one patient, as they were read.</summary>
    private sealed record PatientsRows(IReadOnlyList<TableEntity> Pseudonyms, IReadOnlyList<TableEntity> WaysBack, TableEntity? Consent);
}
