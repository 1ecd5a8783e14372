using Azure;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Patients;

/// <summary>
/// Maps the ids by which callers know their patients to patient keys, without keeping the ids. Thread-safe.
/// </summary>
/// <remarks>
/// A raw id reaches no table, log or exception message: only its pseudonym leaves this class (<see cref="PseudonymKeyRing"/>).
/// </remarks>
/// <param name="tables">The table service.</param>
/// <param name="keys">Makes the pseudonyms.</param>
/// <param name="time">Dates new rows.</param>
public sealed class PatientStore(TableServiceClient tables, PseudonymKeyRing keys, TimeProvider time)
{
    /// <summary>The table's name.</summary>
    public const string TableName = PatientRows.TableName;

    private readonly TableClient _table = tables.GetTableClient(TableName);

    /// <summary>
    /// Gives a patient, and enters the patient if not known. Of callers that enter the same patient at once, all get the key of the first.
    /// One round trip for a known patient. One of whom only an objection is kept stays without a key.
    /// </summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="rawId">The tenant's id of the patient; case and spaces count.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The id is empty or no text. The message does not repeat it.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<KnownPatient> GetOrCreateAsync(TenantName tenant, string rawId, CancellationToken cancellationToken = default) =>
        await FindAsync(tenant, rawId, cancellationToken).ConfigureAwait(false)
        ?? await AddAsync(tenant, rawId, new KnownPatient(PatientKey.New(), HasObjected: false), cancellationToken).ConfigureAwait(false);

    /// <summary>Gives the key of a patient, and enters the patient if there is none, also one of whom only an objection is kept.</summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="rawId">The tenant's id of the patient; case and spaces count.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The id is empty or no text. The message does not repeat it.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<PatientKey> EnterAsync(TenantName tenant, string rawId, CancellationToken cancellationToken = default)
    {
        var patient = await GetOrCreateAsync(tenant, rawId, cancellationToken).ConfigureAwait(false);
        return patient.Key ?? await ReenterAsync(tenant, rawId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Gives a patient if known. One that is known only under another version of the pseudonym key is entered under the current one on the
    /// way.
    /// </summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="rawId">The tenant's id of the patient; case and spaces count.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The patient, or <see langword="null"/> if the tenant has no such patient.</returns>
    /// <exception cref="ArgumentException">The id is empty or no text. The message does not repeat it.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<KnownPatient?> FindAsync(TenantName tenant, string rawId, CancellationToken cancellationToken = default)
    {
        if (await ReadAsync(tenant, keys.CurrentVersion, rawId, cancellationToken).ConfigureAwait(false) is { } current)
            return current;

        // Newer ones as well: while a new version is made current, instances disagree for a while on which one is.
        foreach (var version in keys.OtherVersions)
            if (await ReadAsync(tenant, version, rawId, cancellationToken).ConfigureAwait(false) is { } known)
                return await AddAsync(tenant, rawId, known, cancellationToken).ConfigureAwait(false);

        return null;
    }

    /// <summary>
    /// The pseudonyms of a patient under every version of the key, without asking storage. Whoever stores something about patients that are
    /// not entered stores these beside it: by them it is found when the patient is to be erased (<see cref="OpenErasure.Pseudonyms"/>) or
    /// objects (<see cref="PatientRegister.ReadObjectionsAsync"/>).
    /// </summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="rawId">The tenant's id of the patient; case and spaces count.</param>
    /// <exception cref="ArgumentException">The id is empty or no text. The message does not repeat it.</exception>
    public IReadOnlyList<string> PseudonymsOf(TenantName tenant, string rawId) =>
        [.. keys.OtherVersions.Prepend(keys.CurrentVersion).Select(version => RowKeyOf(tenant, version, rawId))];

    private string RowKeyOf(TenantName tenant, int version, string rawId) =>
        PatientRows.PseudonymKey(version, keys.CreatePseudonym(version, tenant, rawId));

    private async Task<KnownPatient?> ReadAsync(TenantName tenant, int version, string rawId, CancellationToken cancellationToken)
    {
        string[] select = [PatientRows.KeyProperty, PatientRows.ObjectedProperty];
        var row = await _table
            .GetEntityIfExistsAsync<TableEntity>(tenant.ToString(), RowKeyOf(tenant, version, rawId), select, cancellationToken)
            .ConfigureAwait(false);
        if (!row.HasValue)
            return null;

        var hasObjected = row.Value!.GetBoolean(PatientRows.ObjectedProperty) ?? false;
        if (hasObjected && !row.Value.ContainsKey(PatientRows.KeyProperty))
            return new KnownPatient(null, HasObjected: true);

        return PatientKey.TryParse(row.Value.GetString(PatientRows.KeyProperty), out var key)
            ? new KnownPatient(key, hasObjected)
            : throw new InvalidDataException($"A row of the table {TableName} has no valid {PatientRows.KeyProperty}.");
    }

    private async Task<KnownPatient> AddAsync(TenantName tenant, string rawId, KnownPatient patient, CancellationToken cancellationToken)
    {
        var rows = RowsOf(tenant, rawId, patient);
        try
        {
            await _table
                .SubmitTransactionAsync(rows.Select(static row => new TableTransactionAction(TableTransactionActionType.Add, row)), cancellationToken)
                .ConfigureAwait(false);
            return patient;
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            // Somebody was faster, or it is our own row and only the answer was lost. Either way the row counts.
            return await ReadAsync(tenant, keys.CurrentVersion, rawId, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidDataException($"A row of the table {TableName} exists and cannot be read.", failure);
        }
    }

    // The objection stays: a new key does not withdraw it. Of callers that do this at once, all get the key of the first.
    private async Task<PatientKey> ReenterAsync(TenantName tenant, string rawId, CancellationToken cancellationToken)
    {
        var row = RowKeyOf(tenant, keys.CurrentVersion, rawId);
        var erased = (await _table.GetEntityAsync<TableEntity>(tenant.ToString(), row, cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
        if (PatientKey.TryParse(erased.GetString(PatientRows.KeyProperty), out var others))
            return others;

        var key = PatientKey.New();
        var actions = RowsOf(tenant, rawId, new KnownPatient(key, HasObjected: true)).Select(entity => entity.RowKey == row
            ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, erased.ETag)
            : new TableTransactionAction(TableTransactionActionType.UpsertReplace, entity));
        try
        {
            await _table.SubmitTransactionAsync(actions, cancellationToken).ConfigureAwait(false);
            return key;
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            return (await ReadAsync(tenant, keys.CurrentVersion, rawId, cancellationToken).ConfigureAwait(false))?.Key
                ?? throw new InvalidDataException($"A row of the table {TableName} was changed and has no {PatientRows.KeyProperty}.", failure);
        }
    }

    private List<TableEntity> RowsOf(TenantName tenant, string rawId, KnownPatient patient)
    {
        var (partition, pseudonym, now) = (tenant.ToString(), RowKeyOf(tenant, keys.CurrentVersion, rawId), time.GetUtcNow());
        var rows = new List<TableEntity>
        {
            new(partition, pseudonym)
            {
                [PatientRows.KeyProperty] = patient.Key?.ToString()!,
                [PatientRows.CreatedAtProperty] = now,
                [PatientRows.ObjectedProperty] = patient.HasObjected,
            },
        };
        if (patient.Key is { } key)
            rows.Add(new(partition, PatientRows.WayBackKey(key, keys.CurrentVersion)) { [PatientRows.PseudonymProperty] = pseudonym });
        if (patient.HasObjected)
            rows.Add(new(partition, PatientRows.ObjectionKey(pseudonym)) { [PatientRows.CreatedAtProperty] = now });
        return rows;
    }
}
