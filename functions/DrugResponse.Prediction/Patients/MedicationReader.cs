using DrugResponse.Contracts.Predictions;

namespace DrugResponse.Prediction.Patients;

/// <summary>Tells which medications are taken on a day, and which drugs are asked for.</summary>
internal static class MedicationReader
{
    public static IReadOnlyList<ActiveMedication>? ReadActive(IReadOnlyList<Medication>? medications, DateOnly today, List<Warning> warnings)
    {
        _ = warnings;
        return medications is null ? null : [.. medications.Index().Where(m => IsActive(m.Item, today)).Select(m => new ActiveMedication((m.Item.Drug ?? m.Item.Text ?? "").ToLowerInvariant(), $"/medications/{m.Index}"))];
    }

    public static IReadOnlyList<Candidate>? ReadCandidates(IReadOnlyList<string>? names, List<Warning> warnings)
    {
        _ = warnings;
        return names is null ? null : [.. names.Index().Select(n => new Candidate(n.Item.ToLowerInvariant(), $"/candidates/{n.Index}"))];
    }

    private static bool IsActive(Medication medication, DateOnly today) =>
        medication.Status != "stopped" && !(medication.Stopped < today) && !(medication.Started > today);
}
