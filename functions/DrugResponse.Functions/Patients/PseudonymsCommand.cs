using System.Globalization;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Hosting.Commands;
using DrugResponse.Storage;
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
            "pseudonyms retire --tenant <tenant> --version <old version> [--lose <number of patients and objections>]",
        ],
        RunAsync);

    private static Task<int> RunAsync(IServiceProvider services, CommandLine line, CancellationToken cancellationToken)
    {
        if (!TenantName.TryParse(line.Require("tenant"), out var tenant))
            throw new CommandException($"--tenant must match {AccessOptions.TenantPattern}.");

        var rotation = services.GetRequiredService<PseudonymRotation>();
        var audit = services.GetRequiredService<CommandAudit>();
        return line.Words switch
        {
            [_, "report"] => ReportAsync(rotation, audit, tenant, cancellationToken),
            [_, "retire"] => RetireAsync(rotation, audit, tenant, line, cancellationToken),
            _ => throw new CommandException("What is to be done with pseudonyms?"),
        };
    }

    private static async Task<int> ReportAsync(
        PseudonymRotation rotation, CommandAudit audit, TenantName tenant, CancellationToken cancellationToken)
    {
        var report = await rotation.ReportAsync(tenant, cancellationToken);
        await audit.RecordAsync(tenant, "ReportPseudonyms", CommandAudit.Done, resource: null, cancellationToken);
        await Console.Out.WriteLineAsync($"{report.Patients} patients; version {report.CurrentVersion} is in use.");
        foreach (var (version, count) in report.OnlyOnOthers)
            await Console.Out.WriteLineAsync($"{count} of them are entered under version {version} only.");
        foreach (var (version, count) in report.ObjectionsOnlyOnOthers)
            await Console.Out.WriteLineAsync($"{count} objections of erased patients are kept under version {version} only.");
        return 0;
    }

    // Patients that nobody has named since would be taken for new, and of those that were erased even an objection would be forgotten:
    // whoever accepts that has to say how many.
    private static async Task<int> RetireAsync(
        PseudonymRotation rotation, CommandAudit audit, TenantName tenant, CommandLine line, CancellationToken cancellationToken)
    {
        const string Action = "RetirePseudonyms";
        var report = await rotation.ReportAsync(tenant, cancellationToken);
        if (!int.TryParse(line.Require("version"), CultureInfo.InvariantCulture, out var version) || version == report.CurrentVersion)
            throw new CommandException($"--version must be another than {report.CurrentVersion}, which is in use.");

        var patients = report.OnlyOnOthers.GetValueOrDefault(version);
        var objections = report.ObjectionsOnlyOnOthers.GetValueOrDefault(version);
        var lost = patients + objections;
        var counts = new Dictionary<string, long> { ["patientsLost"] = patients, ["objectionsLost"] = objections };
        var resource = string.Create(CultureInfo.InvariantCulture, $"pseudonym-key-{version}");
        if (lost > 0 && line.Find("lose") != lost.ToString(CultureInfo.InvariantCulture))
        {
            await audit.RecordAsync(tenant, Action, CommandAudit.Refused, resource, counts, cancellationToken);
            throw new CommandException(
                $"{patients} patients and {objections} objections of erased patients are kept under version {version} only. "
                + $"Accept that with --lose {lost}.");
        }

        await audit.RecordAsync(tenant, Action, CommandAudit.Begun, resource, counts, cancellationToken);
        var rows = await rotation.RetireAsync(tenant, version, cancellationToken);
        counts["rows"] = rows;
        await audit.RecordAsync(tenant, Action, CommandAudit.Done, resource, counts, cancellationToken);
        await Console.Out.WriteLineAsync($"{rows} rows removed.");
        return 0;
    }
}
