using System.Globalization;
using Azure;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Patients;

/// <summary>Tells how far a rotation of the pseudonym key has come, and ends it. Thread-safe.</summary>
/// <param name="tables">The table service.</param>
/// <param name="keys">The pseudonym keys.</param>
public sealed class PseudonymRotation(TableServiceClient tables, PseudonymKeyRing keys)
{
    private readonly TableClient _table = tables.GetTableClient(PatientRows.TableName);

    /// <summary>
    /// Counts a tenant's patients by the versions of the key under which they are entered, and likewise the objections that are kept of
    /// erased patients. Reads all of them.
    /// </summary>
    /// <param name="tenant">Whose patients.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<PseudonymReport> ReportAsync(TenantName tenant, CancellationToken cancellationToken = default)
    {
        const string prefix = PatientRows.WayBackPrefix;
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {tenant.ToString()} and RowKey ge {prefix} and RowKey lt {PatientRows.EndOf(prefix)}");
        long patients = 0;
        var onlyOn = new SortedDictionary<int, long>();
        var (patient, versions) = ("", new List<int>());

        // The rows of one patient stand together.
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            var parts = row.RowKey[prefix.Length..].Split('.');
            if (parts[0] != patient)
                Count();
            patient = parts[0];
            versions.Add(int.Parse(parts[1].AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture));
        }

        Count();
        return new PseudonymReport(
            keys.CurrentVersion, patients, onlyOn, await CountObjectionsAsync(tenant, cancellationToken).ConfigureAwait(false));

        void Count()
        {
            if (versions.Count == 0)
                return;
            patients++;
            if (!versions.Contains(keys.CurrentVersion))
                onlyOn[versions.Max()] = onlyOn.GetValueOrDefault(versions.Max()) + 1;
            versions.Clear();
        }
    }

    /// <summary>The version in use.</summary>
    public int CurrentVersion => keys.CurrentVersion;

    /// <summary>The other versions that are configured, newest first.</summary>
    public IReadOnlyList<int> OtherVersions => keys.OtherVersions;

    /// <summary>
    /// Reads under which pseudonyms those patients of a tenant are entered under the current version who are entered under another one too.
    /// </summary>
    /// <param name="tenant">Whose patients.</param>
    /// <param name="version">The other version.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>Pseudonyms under the current version by those under the other one.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<IReadOnlyDictionary<string, string>> ReadMovedAsync(
        TenantName tenant, int version, CancellationToken cancellationToken = default)
    {
        const string prefix = PatientRows.WayBackPrefix;
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {tenant.ToString()} and RowKey ge {prefix} and RowKey lt {PatientRows.EndOf(prefix)}");
        var moved = new Dictionary<string, string>(StringComparer.Ordinal);
        var (patient, old, current) = ("", (string?)null, (string?)null);

        // The rows of one patient stand together.
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            var parts = row.RowKey[prefix.Length..].Split('.');
            if (parts[0] != patient)
                (patient, old, current) = (parts[0], null, null);
            var pseudonym = row.GetString(PatientRows.PseudonymProperty)!;
            if (PatientRows.VersionOf(pseudonym) == version)
                old = pseudonym;
            else if (PatientRows.VersionOf(pseudonym) == keys.CurrentVersion)
                current = pseudonym;
            if (old is not null && current is not null)
                moved[old] = current;
        }

        return moved;
    }

    /// <summary>
    /// Removes all that a tenant's patients have under one version. Those entered under no other are from then on new when they are named
    /// again; what is kept under their keys stays. Objections of erased patients that are kept under no other are lost.
    /// </summary>
    /// <param name="tenant">Whose patients.</param>
    /// <param name="version">The version, not the current one.</param>
    /// <param name="cancellationToken">Cancels the calls; what was removed by then is gone.</param>
    /// <returns>How many rows were removed.</returns>
    /// <exception cref="ArgumentException">The version is the current one.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<long> RetireAsync(TenantName tenant, int version, CancellationToken cancellationToken = default)
    {
        if (version == keys.CurrentVersion)
            throw new ArgumentException("The current version is in use.", nameof(version));

        var prefix = PatientRows.PseudonymKey(version, "");
        var objections = PatientRows.ObjectionKey(prefix);
        var partition = tenant.ToString();
        return await _table
                .DeleteWhereAsync(
                    TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {prefix} and RowKey lt {PatientRows.EndOf(prefix)}"),
                    cancellationToken)
                .ConfigureAwait(false)
            + await _table
                .DeleteWhereAsync(
                    TableClient.CreateQueryFilter(
                        $"PartitionKey eq {partition} and RowKey ge {objections} and RowKey lt {PatientRows.EndOf(objections)}"),
                    cancellationToken)
                .ConfigureAwait(false)
            + await DeleteWaysBackAsync(partition, version, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SortedDictionary<int, long>> CountObjectionsAsync(TenantName tenant, CancellationToken cancellationToken)
    {
        const string prefix = PatientRows.PseudonymPrefix;
        const string behind = "w";
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {tenant.ToString()} and RowKey ge {prefix} and RowKey lt {behind} and Objected eq {true}");
        var highest = new Dictionary<string, int>(StringComparer.Ordinal);
        var onCurrent = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (row.ContainsKey(PatientRows.KeyProperty))
                continue;
            var version = PatientRows.VersionOf(row.RowKey);
            // Without a removal, for all one knows of nobody else.
            var patient = row.GetGuid(PatientRows.RemovalProperty)?.ToString() ?? row.RowKey;
            highest[patient] = Math.Max(version, highest.GetValueOrDefault(patient));
            if (version == keys.CurrentVersion)
                onCurrent.Add(patient);
        }

        var onlyOn = new SortedDictionary<int, long>();
        foreach (var (patient, version) in highest)
            if (!onCurrent.Contains(patient))
                onlyOn[version] = onlyOn.GetValueOrDefault(version) + 1;
        return onlyOn;
    }

    private async Task<long> DeleteWaysBackAsync(string partition, int version, CancellationToken cancellationToken)
    {
        const string prefix = PatientRows.WayBackPrefix;
        var suffix = string.Create(CultureInfo.InvariantCulture, $".v{version}");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {prefix} and RowKey lt {PatientRows.EndOf(prefix)}");
        long count = 0;
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (!row.RowKey.EndsWith(suffix, StringComparison.Ordinal))
                continue;
            await _table.DeleteEntityAsync(partition, row.RowKey, cancellationToken: cancellationToken).ConfigureAwait(false);
            count++;
        }

        return count;
    }
}

/// <summary>How far a rotation of the pseudonym key has come.</summary>
/// <param name="CurrentVersion">The version in use.</param>
/// <param name="Patients">How many patients there are that were named by a raw id.</param>
/// <param name="OnlyOnOthers">Of these, how many are entered under no other than an older or newer version, by the highest they
/// have.</param>
/// <param name="ObjectionsOnlyOnOthers">How many erased patients there are whose objection is kept under no other, by the same.</param>
public sealed record PseudonymReport(
    int CurrentVersion,
    long Patients,
    IReadOnlyDictionary<int, long> OnlyOnOthers,
    IReadOnlyDictionary<int, long> ObjectionsOnlyOnOthers);
