using System.Globalization;
using System.Net;
using Azure.Core.Pipeline;
using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.StorageAccess;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Development;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DrugResponse.Functions.Tests.Batches;

/// <summary>
/// Batches on storage that fails: whatever happens, every row ends with exactly one result or one error. The number of rows is small here;
/// to run at full size set <c>DRUGRESPONSE_BATCH_ROWS=100000</c>.
/// </summary>
public sealed class FaultTests
{
    private const int FewRows = 300;

    private static readonly int Rows =
        int.TryParse(Environment.GetEnvironmentVariable("DRUGRESPONSE_BATCH_ROWS"), CultureInfo.InvariantCulture, out var rows) ? rows : FewRows;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120 + (Rows / 50));

    // As many chunks whatever the size.
    private static readonly string ChunkRows = $"DrugResponse:Batches:ChunkRows={Math.Max(BatchApp.ChunkRows, Rows / 100)}";

    private static readonly int[] Faulty = [.. Enumerable.Range(0, Rows).Where(static row => row % 37 == 5)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_that_fail_before_they_are_sent_or_whose_answers_are_lost_lose_and_double_nothing()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        var failing = new FailingCalls(every: 50, spared: "/models/");
        var duplicated = new DuplicatedMessages(every: 5, lateBy: TimeSpan.FromSeconds(3));
        await using var app = await StartAsync(emulator, failing, duplicated);

        var status = await SubmitUntilAcceptedAsync(app);
        await using var calm = await WholeApp.StartReadyAsync(emulator.ConnectionString, $"DrugResponse:Access:Tenant={app.Tenant}");
        status = await calm.EndAsync(status.BatchId, Patience);

        Assert.True(failing.Failures >= 3, $"{failing.Failures} requests failed.");
        Assert.True(duplicated.Duplicates >= 3, $"{duplicated.Duplicates} messages were sent twice.");
        Assert.True(duplicated.LateDuplicates >= 1, $"{duplicated.LateDuplicates} of them came late.");
        await AssertWholeAsync(calm, emulator, app.Tenant, status);
    }

    [Fact]
    public async Task A_row_that_storage_refuses_is_found_by_halving_and_the_rest_completes()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        await using var app = await StartAsync(emulator, new RefusedRow("0000000017"));

        var status = await app.RunAsync(Cohort.NdJson(40));

        Assert.Equal((BatchStates.CompletedWithErrors, new BatchRowCounts(40, 40, 1)), (status.State, status.Rows));
        var error = Assert.Single(await app.ErrorsAsync(status.BatchId));
        Assert.Equal(("P-17", 18), ((string)error["rowId"]!, (int)error["line"]!));
        Assert.Equal(Enumerable.Range(0, 40).Except([17]).Select(Cohort.Id), (await app.ResultsAsync(status.BatchId)).Select(static line => (string)line["rowId"]!));
        Assert.Equal(39, (int)(await app.GetAsync($"v1/batches/{status.BatchId}/summary")).Json["cohort"]!["rows"]!);
    }

    [Fact]
    public async Task Storage_that_goes_away_once_the_batch_is_there_leads_to_no_second_batch()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        var outage = new OutageBehindInsert("/batches");
        await using var app = await StartAsync(emulator, outage);
        await app.Service<StorageSetup>().Done;

        var accepted = await app.SubmitAsync(Cohort.NdJson(15));
        Assert.True(outage.HasBegun);
        outage.End();

        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        Assert.Equal((BatchStates.Accepted, new BatchRowCounts(15, 0, 0)), (accepted.Status().State, accepted.Status().Rows));
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await app.TickAsync("ResumeBatches");
        Assert.Equal(new BatchRowCounts(15, 15, 0), (await app.EndAsync(accepted.Status().BatchId)).Rows);
    }

    private static Task<WholeApp> StartAsync(AzuriteEmulator emulator, params HttpPipelinePolicy[] policies) => WholeApp.StartReadyAsync(
        emulator.ConnectionString,
        services => services.AddSingleton(new StorageConnection(new StorageOptions { ConnectionString = emulator.ConnectionString, Policies = policies })),
        [.. BatchApp.Listening, ChunkRows]);

    // As a client does it: with a key, for as long as the answer says that storage is away.
    private static async Task<BatchStatus> SubmitUntilAcceptedAsync(WholeApp app)
    {
        await app.Service<StorageSetup>().Done;
        while (true)
        {
            var answer = await app.SubmitAsync(Cohort.NdJson(Rows, Faulty), idempotencyKey: "cohort");
            if (answer.Status == HttpStatusCode.Accepted)
                return answer.Status();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        }
    }

    private static async Task AssertWholeAsync(WholeApp calm, AzuriteEmulator emulator, TenantName tenant, BatchStatus status)
    {
        Assert.Equal((BatchStates.CompletedWithErrors, new BatchRowCounts(Rows, Rows, Faulty.Length)), (status.State, status.Rows));
        var (results, errors) = (await calm.ResultsAsync(status.BatchId), await calm.ErrorsAsync(status.BatchId));
        Assert.Equal(Faulty.Select(Cohort.Id), errors.Select(static line => (string)line["rowId"]!));
        Assert.Equal(Enumerable.Range(0, Rows).Except(Faulty).Select(Cohort.Id), results.Select(static line => (string)line["rowId"]!));
        Assert.Equal(Rows, await StoredRowsAsync(emulator, tenant));
        Assert.Single((await calm.GetAsync("v1/batches")).Json["batches"]!.AsArray());
    }

    private static async Task<int> StoredRowsAsync(AzuriteEmulator emulator, TenantName tenant)
    {
        var count = 0;
        var table = new TableClient(emulator.ConnectionString, BatchResultStore.TableName);
        await foreach (var row in table.QueryAsync<TableEntity>(select: ["PartitionKey"], cancellationToken: Cancellation))
            count += row.PartitionKey.StartsWith($"{tenant}~", StringComparison.Ordinal) ? 1 : 0;
        return count;
    }

    /// <summary>Lets every request fail from the first insert into a table on.</summary>
    private sealed class OutageBehindInsert(string table) : HttpPipelinePolicy
    {
        private volatile bool _isOver;

        public bool HasBegun { get; private set; }

        public void End() => _isOver = true;

        public override void Process(Azure.Core.HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(Azure.Core.HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (HasBegun && !_isOver)
                throw new Azure.RequestFailedException(0, "The connection broke.");
            await ProcessNextAsync(message, pipeline);
            HasBegun |= message.Request.Method == Azure.Core.RequestMethod.Post && message.Request.Uri.Path.EndsWith(table, StringComparison.Ordinal);
        }
    }

    /// <summary>Refuses every transaction that holds the result of a certain row.</summary>
    private sealed class RefusedRow(string rowKey) : HttpPipelinePolicy
    {
        private readonly byte[] _row = System.Text.Encoding.UTF8.GetBytes($"\"RowKey\":\"{rowKey}\",\"Kind\":\"result\"");

        public override void Process(Azure.Core.HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(Azure.Core.HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal))
            {
                using var body = new MemoryStream();
                await message.Request.Content!.WriteToAsync(body, Cancellation);
                if (body.ToArray().AsSpan().IndexOf(_row) >= 0)
                    throw new Azure.RequestFailedException(400, "This row is refused.");
            }

            await ProcessNextAsync(message, pipeline);
        }
    }
}
