using DrugResponse.Functions.Hosting.Triggers;

namespace DrugResponse.Functions.Patients;

/// <summary><c>ContinueErasures</c>: every few minutes, goes on with erasures that are not complete.</summary>
internal sealed class ContinueErasures(PatientEraser eraser)
{
    /// <summary>The function's name.</summary>
    public const string FunctionName = "ContinueErasures";

    public async Task<TriggerOutcome> HandleAsync(CancellationToken cancellationToken)
    {
        await eraser.ContinueAsync(cancellationToken);
        return TriggerOutcome.Done;
    }
}
