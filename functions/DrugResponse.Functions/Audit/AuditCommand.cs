using DrugResponse.Functions.Access;
using DrugResponse.Functions.Hosting.Commands;
using DrugResponse.Storage;
using DrugResponse.Storage.Audit;

namespace DrugResponse.Functions.Audit;

/// <summary>The command <c>audit</c>: verifies an audit trail without the service, for whoever has the storage account and the master
/// keys.</summary>
internal static class AuditCommand
{
    private const int NotIntact = 2;

    /// <summary>The command.</summary>
    public static ConsoleCommand Command { get; } = new(
        "audit", ["audit verify --tenant <tenant> --from <yyyy-mm-dd> [--to <yyyy-mm-dd>]"], RunAsync);

    private static async Task<int> RunAsync(IServiceProvider services, CommandLine line, CancellationToken cancellationToken)
    {
        if (line.Words is not [_, "verify"])
            throw new CommandException("What is to be done with the audit trail?");
        if (!TenantName.TryParse(line.Require("tenant"), out var tenant))
            throw new CommandException($"--tenant must match {AccessOptions.TenantPattern}.");
        if (!AuditDays.TryRead(line.Require("from"), out var from) || !AuditDays.TryRead(line.Find("to") ?? line.Require("from"), out var to))
            throw new CommandException("--from and --to must be days: yyyy-mm-dd.");
        if (to < from)
            throw new CommandException("--to must not lie before --from.");

        var report = await services.GetRequiredService<AuditVerifier>().VerifyAsync(tenant, from, to, cancellationToken);
        foreach (var fault in report.Faults)
            await Console.Out.WriteLineAsync($"{fault.Kind}: {fault.Chain}: {fault.Message}");
        await Console.Out.WriteLineAsync(
            $"{report.Rows} rows in {report.Chains} chains ({report.OpenChains} without a last row), {report.Anchors} anchors, {report.Faults.Count} faults.");
        return report.IsIntact ? 0 : NotIntact;
    }
}
