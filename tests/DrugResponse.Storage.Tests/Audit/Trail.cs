using DrugResponse.Storage.Audit;
using DrugResponse.Storage.Protection;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Audit;

/// <summary>The audit trail of one tenant's day, which a test writes as the service does and then tampers with as an intruder
/// would.</summary>
internal sealed class Trail
{
    public static readonly DateOnly Day = new(2026, 11, 20);
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(index => (byte)index)];

    private readonly AuditSeal _seal = new(new MasterKeyRing(new Dictionary<int, byte[]> { [1] = Key }, 1));
    private readonly AuditStore _store;
    private readonly AuditAnchorStore _anchors;

    private Trail(StorageConnection connection)
    {
        Table = connection.Tables.GetTableClient(AuditStore.TableName);
        Connection = connection;
        _store = new AuditStore(connection.Tables);
        _anchors = new AuditAnchorStore(connection.Blobs, _seal);
    }

    public TenantName Tenant { get; } = AzuriteFixture.UniqueTenant();

    /// <summary>When verification looks at the trail.</summary>
    public DateTimeOffset Now { get; set; } = Noon;

    public TableClient Table { get; }

    public StorageConnection Connection { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Trail> CreateAsync(AzuriteFixture azurite) => new(await azurite.ConnectAsync());

    /// <summary>Writes a chain with a number of entries behind its first row.</summary>
    public async Task<AuditChain> WriteAsync(int entries, bool close = true, DateOnly? day = null, params IReadOnlyList<AuditHead> follows)
    {
        var chain = new AuditChain(new AuditChainId(Tenant, day ?? Day, AuditChainId.NewWriter()), _seal);
        var rows = new List<AuditRow> { chain.Open(new AuditOpening(Noon, follows)) };
        rows.AddRange(Enumerable.Range(1, entries).Select(number => chain.Add(Entry(number))));
        if (close)
            rows.Add(chain.Close(new AuditClosing(Noon)));
        await _store.WriteAsync(chain, rows, Cancellation);
        return chain;
    }

    public Task AnchorAsync(params IReadOnlyList<AuditHead> heads) => _anchors.AddAsync(Tenant, Day, Noon, heads, Cancellation);

    public async Task<IReadOnlyList<FoundHead>> FindHeadsAsync(int days = 1)
    {
        var found = new List<FoundHead>();
        await foreach (var head in new AuditHeads(_store, _seal).ReadAsync(Tenant, Day.AddDays(1 - days), Day, Cancellation))
            found.Add(head);
        return found;
    }

    public Task<AuditReport> VerifyAsync(int days = 1) => VerifyAsync(Day.AddDays(1 - days), Day);

    public Task<AuditReport> VerifyAsync(DateOnly from, DateOnly to) =>
        new AuditVerifier(_store, _anchors, _seal, new StoppedClock(Now)).VerifyAsync(Tenant, from, to, Cancellation);

    /// <summary>Asserts that verification finds exactly this.</summary>
    public async Task AssertFaultsAsync(params (string Kind, string Chain, long? Row, long? LastRow)[] expected)
    {
        var report = await VerifyAsync();
        Assert.Equal(expected, report.Faults.Select(static fault => (fault.Kind, fault.Chain, fault.Row, fault.LastRow)));
        Assert.Equal(expected.Length == 0, report.IsIntact);
    }

    public async Task<TableEntity> RowAsync(AuditChain chain, long number) =>
        (await Table.GetEntityAsync<TableEntity>(chain.Id.ToString(), $"{number:D12}", cancellationToken: Cancellation)).Value;

    public Task RemoveAsync(AuditChain chain, long number) =>
        Table.DeleteEntityAsync(chain.Id.ToString(), $"{number:D12}", cancellationToken: Cancellation);

    public Task ReplaceAsync(TableEntity row) => Table.UpsertEntityAsync(row, TableUpdateMode.Replace, Cancellation);

    /// <summary>Makes the writer's own note agree with a chain that was cut.</summary>
    public Task ForgeHeadAsync(AuditChain chain, long count, byte[] hash) => ReplaceAsync(
        new TableEntity("~heads~20261120", $"{Tenant}~{chain.Id.Writer}") { ["Count"] = count, ["Hash"] = Convert.ToHexStringLower(hash) });

    public static AuditEntry Entry(int number) => new()
    {
        At = Noon.AddSeconds(number),
        Who = "key:0123456789abcdef",
        Roles = ["pharmacy"],
        Action = "PredictPatient",
        Outcome = "201",
        PatientKey = $"patient-{number}",
    };

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
