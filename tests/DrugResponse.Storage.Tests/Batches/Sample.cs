using System.Text;
using DrugResponse.Contracts.Batches;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Protection;

namespace DrugResponse.Storage.Tests.Batches;

/// <summary>Records to store.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static readonly BatchSeal Seal = new(new EnvelopeCipher(new MasterKeyRing(new Dictionary<int, byte[]> { [1] = new byte[32] }, 1)));

    public static BatchRecord Batch(TenantName tenant, DateTimeOffset? createdAt = null) => new()
    {
        Tenant = tenant,
        Id = BatchId.Create(createdAt ?? Noon),
        Request = new BatchRequest { ResultsFormat = BatchFormats.NdJson, Candidates = ["warfarin"] },
        State = BatchStates.Accepted,
        ControlToken = "token-1",
        ControlDueAt = Noon,
    };

    public static BatchPartResult Part(int chunk, int from, int to, long firstRow, int failed = 0, ReadOnlyMemory<byte> tally = default) => new()
    {
        Part = new BatchPart(chunk, from, to),
        FirstRow = firstRow,
        Failed = failed,
        LastLine = chunk * 1000 + to,
        Attempts = 1,
        FinishedAt = Noon.AddSeconds(chunk),
        Tally = tally,
    };

    public static BatchResultRow Row(long row, BatchResultKind kind = BatchResultKind.Result, string? content = null) =>
        new(row, row + 1, kind, Encoding.UTF8.GetBytes(content ?? $"{{\"row\":{row}}}"));
}
