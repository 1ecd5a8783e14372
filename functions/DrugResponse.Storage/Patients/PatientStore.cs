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

    private IEnumerable<int> Versions => keys.OtherVersions.Prepend(keys.CurrentVersion);

    /// <summary>
    /// Gives a patient, and enters the patient if not known. Of callers that enter the same patient at once, all get the key of the first.
    /// One round trip for a known patient. One of whom only an objection is kept stays without a key.
    /// </summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="rawId">The tenant's id of the patient; case and spaces count.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The id is empty or no text. The message does not repeat it.</exception>
    /// <exception cref="ContentionException">Others changed the patient all the time.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task<KnownPatient> GetOrCreateAsync(TenantName tenant, string rawId, CancellationToken cancellationToken = default) =>
        OptimisticWrite.RepeatAsync(() => FindOrAddAsync(tenant, rawId, cancellationToken), cancellationToken);

    /// <summary>Gives the key of a patient, and enters the patient if there is none, also one of whom only an objection is kept.</summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="rawId">The tenant's id of the patient; case and spaces count.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The id is empty or no text. The message does not repeat it.</exception>
    /// <exception cref="ContentionException">Others changed the patient all the time.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task<PatientKey> EnterAsync(TenantName tenant, string rawId, CancellationToken cancellationToken = default) =>
        OptimisticWrite.RepeatAsync(async () =>
        {
            var patient = await FindOrAddAsync(tenant, rawId, cancellationToken).ConfigureAwait(false);
            return patient.Key ?? await ReenterAsync(tenant, rawId, cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    /// <summary>
    /// Gives a patient if known. One that is known only under another version of the pseudonym key is entered under the current one on the
    /// way.
    /// </summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="rawId">The tenant's id of the patient; case and spaces count.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The patient, or <see langword="null"/> if the tenant has no such patient.</returns>
    /// <exception cref="ArgumentException">The id is empty or no text. The message does not repeat it.</exception>
    /// <exception cref="ContentionException">Others changed the patient all the time.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task<KnownPatient?> FindAsync(TenantName tenant, string rawId, CancellationToken cancellationToken = default) =>
        OptimisticWrite.RepeatAsync(() => FindOnceAsync(tenant, rawId, cancellationToken), cancellationToken);

    /// <summary>
    /// The pseudonyms of a patient under every version of the key, without asking storage. Whoever stores something about patients that are
    /// not entered stores these beside it: by them it is found when the patient is to be erased (<see cref="OpenErasure.Pseudonyms"/>) or
    /// objects (<see cref="PatientRegister.ReadObjectionsAsync"/>).
    /// </summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="rawId">The tenant's id of the patient; case and spaces count.</param>
    /// <exception cref="ArgumentException">The id is empty or no text. The message does not repeat it.</exception>
    public IReadOnlyList<string> PseudonymsOf(TenantName tenant, string rawId) =>
        [.. Versions.Select(version => RowKeyOf(tenant, version, rawId))];

    private string RowKeyOf(TenantName tenant, int version, string rawId) =>
        PatientRows.PseudonymKey(version, keys.CreatePseudonym(version, tenant, rawId));

    private async Task<KnownPatient> FindOrAddAsync(TenantName tenant, string rawId, CancellationToken cancellationToken) =>
        await FindOnceAsync(tenant, rawId, cancellationToken).ConfigureAwait(false)
        ?? await AddAsync(tenant, rawId, cancellationToken).ConfigureAwait(false);

    private async Task<KnownPatient?> FindOnceAsync(TenantName tenant, string rawId, CancellationToken cancellationToken)
    {
        if (await ReadAsync(tenant, keys.CurrentVersion, rawId, cancellationToken).ConfigureAwait(false) is { } current)
            return PatientOf(current);

        // Newer ones as well: while a new version is made current, instances disagree for a while on which one is.
        foreach (var version in keys.OtherVersions)
            if (await ReadAsync(tenant, version, rawId, cancellationToken).ConfigureAwait(false) is { } known)
                return await CopyAsync(tenant, rawId, known, cancellationToken).ConfigureAwait(false);

        return null;
    }

    private async Task<TableEntity?> ReadAsync(TenantName tenant, int version, string rawId, CancellationToken cancellationToken)
    {
        var row = await _table
            .GetEntityIfExistsAsync<TableEntity>(tenant.ToString(), RowKeyOf(tenant, version, rawId), cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return row.HasValue ? row.Value : null;
    }

    private static KnownPatient PatientOf(TableEntity row)
    {
        var hasObjected = row.GetBoolean(PatientRows.ObjectedProperty) ?? false;
        if (hasObjected && !row.ContainsKey(PatientRows.KeyProperty))
            return new KnownPatient(null, HasObjected: true);

        return PatientKey.TryParse(row.GetString(PatientRows.KeyProperty), out var key)
            ? new KnownPatient(key, hasObjected)
            : throw new InvalidDataException($"A row of the table {TableName} has no valid {PatientRows.KeyProperty}.");
    }

    // Under every version, so that instances that disagree on the current one meet when they enter a patient at once.
    private async Task<KnownPatient> AddAsync(TenantName tenant, string rawId, CancellationToken cancellationToken)
    {
        var patient = new KnownPatient(PatientKey.New(), HasObjected: false);
        var rows = Versions.SelectMany(version => RowsOf(tenant, version, rawId, patient));
        await _table.SubmitTransactionAsync(rows.Select(Addition), cancellationToken).ConfigureAwait(false);
        return patient;
    }

    // The row that is copied is touched, so that nobody changes it in between, nor records anything without meeting the copy.
    private async Task<KnownPatient> CopyAsync(TenantName tenant, string rawId, TableEntity row, CancellationToken cancellationToken)
    {
        var patient = PatientOf(row);
        var removal = patient.Key is null ? row.GetGuid(PatientRows.RemovalProperty) ?? Guid.NewGuid() : (Guid?)null;
        var rows = RowsOf(tenant, keys.CurrentVersion, rawId, patient, removal);
        var touched = new TableEntity(row.PartitionKey, row.RowKey)
        {
            [PatientRows.ObjectedProperty] = patient.HasObjected,
            [PatientRows.RemovalProperty] = removal!,
        };
        var touch = new TableTransactionAction(TableTransactionActionType.UpdateMerge, touched, row.ETag);
        await _table.SubmitTransactionAsync(rows.Select(Addition).Append(touch), cancellationToken).ConfigureAwait(false);
        return patient;
    }

    // The objection stays: a new key does not withdraw it. It gets ways back under every version, so that it can be withdrawn under every
    // version. Of callers that do this at once, all get the key of the first.
    private async Task<PatientKey> ReenterAsync(TenantName tenant, string rawId, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<string, TableEntity>(StringComparer.Ordinal);
        foreach (var version in Versions)
            if (await ReadAsync(tenant, version, rawId, cancellationToken).ConfigureAwait(false) is { } row)
                rows.Add(row.RowKey, row);

        if (rows.TryGetValue(RowKeyOf(tenant, keys.CurrentVersion, rawId), out var current) && PatientOf(current).Key is { } others)
            return others;

        var key = rows.Values.Select(static row => PatientOf(row).Key).FirstOrDefault(static key => key is not null) ?? PatientKey.New();
        var actions = Versions
            .SelectMany(version => RowsOf(tenant, version, rawId, new KnownPatient(key, HasObjected: true)))
            .Select(entity => rows.TryGetValue(entity.RowKey, out var row)
                ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, row.ETag)
                : entity.RowKey.StartsWith(PatientRows.PseudonymPrefix, StringComparison.Ordinal)
                    ? Addition(entity)
                    : new TableTransactionAction(TableTransactionActionType.UpsertReplace, entity));
        await _table.SubmitTransactionAsync(actions, cancellationToken).ConfigureAwait(false);
        return key;
    }

    private static TableTransactionAction Addition(TableEntity row) => new(TableTransactionActionType.Add, row);

    private List<TableEntity> RowsOf(TenantName tenant, int version, string rawId, KnownPatient patient, Guid? removal = null)
    {
        var (partition, pseudonym, now) = (tenant.ToString(), RowKeyOf(tenant, version, rawId), time.GetUtcNow());
        var rows = new List<TableEntity>
        {
            new(partition, pseudonym)
            {
                [PatientRows.KeyProperty] = patient.Key?.ToString()!,
                [PatientRows.CreatedAtProperty] = now,
                [PatientRows.ObjectedProperty] = patient.HasObjected,
                [PatientRows.RemovalProperty] = removal!,
            },
        };
        if (patient.Key is { } key)
            rows.Add(new(partition, PatientRows.WayBackKey(key, version)) { [PatientRows.PseudonymProperty] = pseudonym });
        if (patient.HasObjected)
            rows.Add(new(partition, PatientRows.ObjectionKey(pseudonym)) { [PatientRows.CreatedAtProperty] = now });
        return rows;
    }
}
