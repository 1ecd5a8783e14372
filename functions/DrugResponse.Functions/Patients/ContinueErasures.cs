using System.Globalization;
using DrugResponse.Functions.Hosting.Triggers;

namespace DrugResponse.Functions.Patients;

/// <summary><c>ContinueErasures</c>: every few minutes, goes on with erasures that are not complete.</summary>
internal sealed class ContinueErasures(PatientEraser eraser)
{
    /// <summary>The function's name.</summary>
    public const string FunctionName = "ContinueErasures";

    public async Task<TriggerOutcome> HandleAsync(CancellationToken cancellationToken)
    {
        var failed = await eraser.ContinueAsync(cancellationToken);
        return failed == 0
            ? TriggerOutcome.Done
            : TriggerOutcome.Failed(string.Create(CultureInfo.InvariantCulture, $"{failed} erasures failed; they stay open. The log says why."));
    }
}
