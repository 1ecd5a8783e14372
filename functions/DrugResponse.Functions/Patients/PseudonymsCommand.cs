using System.Globalization;
using DrugResponse.Contracts.Audit;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Hosting.Commands;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Patients;

namespace DrugResponse.Functions.Patients;

/// <summary>The command <c>pseudonyms</c>: how far a rotation of the pseudonym key has come, and its end.</summary>
internal static class PseudonymsCommand
{
    /// <summary>The command.</summary>
    public static ConsoleCommand Command { get; } = new(
        "pseudonyms",
        [
            "pseudonyms report --tenant <tenant>",
            "pseudonyms move --tenant <tenant> --version <old version>",
            "pseudonyms retire --tenant <tenant> --version <old version> [--lose <number of patients, objections and rows of batches>]",
        ],
        RunAsync);

    private static Task<int> RunAsync(IServiceProvider services, CommandLine line, CancellationToken cancellationToken)
    {
        if (!TenantName.TryParse(line.Require("tenant"), out var tenant))
            throw new CommandException($"--tenant must match {AccessOptions.TenantPattern}.");

        var work = new Work(
            tenant,
            services.GetRequiredService<PseudonymRotation>(),
            services.GetRequiredService<BatchResultStore>(),
            services.GetRequiredService<ErasureStore>(),
            services.GetRequiredService<CommandAudit>());
        return line.Words switch
        {
            [_, "report"] => ReportAsync(work, cancellationToken),
            [_, "move"] => MoveAsync(work, VersionOf(line, work), cancellationToken),
            [_, "retire"] => RetireAsync(work, VersionOf(line, work), line.Find("lose"), cancellationToken),
            _ => throw new CommandException("What is to be done with pseudonyms?"),
        };
    }

    private static int VersionOf(CommandLine line, Work work) =>
        int.TryParse(line.Require("version"), CultureInfo.InvariantCulture, out var version) && version > 0 && version != work.Current
            ? version
            : throw new CommandException($"--version must be another than {work.Current}, which is in use.");

    private static async Task<int> ReportAsync(Work work, CancellationToken cancellationToken)
    {
        var report = await work.Rotation.ReportAsync(work.Tenant, cancellationToken);
        await work.Audit.RecordAsync(work.Tenant, "ReportPseudonyms", AuditOutcomes.Done, resource: null, cancellationToken);
        await Console.Out.WriteLineAsync($"{report.Patients} patients; version {report.CurrentVersion} is in use.");
        foreach (var (version, count) in report.OnlyOnOthers)
            await Console.Out.WriteLineAsync($"{count} of them are entered under version {version} only.");
        foreach (var (version, count) in report.ObjectionsOnlyOnOthers)
            await Console.Out.WriteLineAsync($"{count} objections of erased patients are kept under version {version} only.");
        foreach (var version in work.Rotation.OtherVersions)
        {
            if (await work.Results.CountPseudonymsAsync(work.Tenant, version, work.Current, cancellationToken) is > 0 and var count)
                await Console.Out.WriteLineAsync($"{count} rows of batches are found under version {version} and not under the one in use.");
        }

        return 0;
    }

    // Rows of batches name patients that may be entered or not. Of those that are, the pseudonym under the version in use is known.
    private static async Task<int> MoveAsync(Work work, int version, CancellationToken cancellationToken)
    {
        var resource = ResourceOf(version);
        var deed = await work.Audit.AccountAsync(work.Tenant, "MovePseudonyms", resource, counts: null, DoAsync, cancellationToken);
        await Console.Out.WriteLineAsync(
            $"{deed.Counts!["batchRows"]} rows of batches are now found under version {work.Current} too; {deed.Counts["batchRowsLeft"]} are about "
            + "patients that are not entered under it.");
        return 0;

        async Task<CommandDeed> DoAsync()
        {
            var known = await work.Rotation.ReadMovedAsync(work.Tenant, version, cancellationToken);
            var moved = await work.Results.MovePseudonymsAsync(work.Tenant, version, work.Current, known, cancellationToken);
            var left = await work.Results.CountPseudonymsAsync(work.Tenant, version, work.Current, cancellationToken);
            return new CommandDeed(resource, new Dictionary<string, long> { ["batchRows"] = moved, ["batchRowsLeft"] = left });
        }
    }

    // Patients that nobody has named since would be taken for new, of those that were erased even an objection would be forgotten, and rows
    // of batches would be nobody's to export or erase: whoever accepts that has to say how many.
    private static async Task<int> RetireAsync(Work work, int version, string? accepted, CancellationToken cancellationToken)
    {
        const string Action = "RetirePseudonyms";
        var report = await work.Rotation.ReportAsync(work.Tenant, cancellationToken);
        var patients = report.OnlyOnOthers.GetValueOrDefault(version);
        var objections = report.ObjectionsOnlyOnOthers.GetValueOrDefault(version);
        var batchRows = await work.Results.CountPseudonymsAsync(work.Tenant, version, work.Current, cancellationToken);
        var erasures = await work.Erasures.CountOpenAsync(work.Tenant, cancellationToken);
        var lost = patients + objections + batchRows;
        var counts = new Dictionary<string, long>
        {
            ["patientsLost"] = patients,
            ["objectionsLost"] = objections,
            ["batchRowsLost"] = batchRows,
        };
        var resource = ResourceOf(version);
        if (Refusal() is { } refusal)
        {
            await work.Audit.RecordAsync(work.Tenant, Action, AuditOutcomes.Refused, resource, counts, cancellationToken);
            throw new CommandException(refusal);
        }

        await work.Audit.AccountAsync(work.Tenant, Action, resource, counts, DoAsync, cancellationToken);
        await Console.Out.WriteLineAsync($"{counts["rows"]} rows removed, and the pseudonyms in {counts["batchRows"]} rows of batches.");
        return 0;

        async Task<CommandDeed> DoAsync()
        {
            counts["batchRows"] = await work.Results.RemovePseudonymsAsync(work.Tenant, version, cancellationToken);
            counts["rows"] = await work.Rotation.RetireAsync(work.Tenant, version, cancellationToken);
            return new CommandDeed(resource, counts);
        }

        string? Refusal()
        {
            // It looks for rows of batches by the pseudonyms that would go.
            if (erasures > 0)
                return $"{erasures} erasures are not complete. Wait until they are.";
            return lost == 0 || accepted == lost.ToString(CultureInfo.InvariantCulture)
                ? null
                : $"{patients} patients and {objections} objections of erased patients are kept under version {version} only, and {batchRows} "
                    + $"rows of batches are not found under version {work.Current}. Rows of patients that are entered under it get there with "
                    + $"pseudonyms move; the others go with their batches. Accept what is left with --lose {lost}.";
        }
    }

    private static string ResourceOf(int version) => string.Create(CultureInfo.InvariantCulture, $"pseudonym-key-{version}");

    /// <summary>Where the work is done, and for whom.</summary>
    private sealed record Work(
        TenantName Tenant, PseudonymRotation Rotation, BatchResultStore Results, ErasureStore Erasures, CommandAudit Audit)
    {
        public int Current => Rotation.CurrentVersion;
    }
}
