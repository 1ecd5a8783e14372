namespace DrugResponse.Pharmacogenomics.Phenoconversion;

/// <summary>Decides which perpetrator drugs act on a given day.</summary>
/// <remarks>
/// A drug acts from its first day, an inducer fully after a week; after the last day it acts for the days of the washout table. Without
/// dates a drug on the list is taken as in use.
/// </remarks>
internal static class Exposure
{
    /// <summary>Induction needs new enzyme; for about a week the effect is still building up.</summary>
    private const int InducerOnsetDays = 7;

    /// <summary>The perpetrations of a medication history on a day.</summary>
    /// <param name="uses">The medications.</param>
    /// <param name="asOf">The day.</param>
    /// <param name="table">The known effects.</param>
    /// <returns>Those that act or may act.</returns>
    public static List<Perpetration> On(IReadOnlyList<MedicationUse> uses, DateOnly asOf, PerpetratorTable table)
    {
        // A combination may be listed as its parts, so effects are looked up over everything that is not yet to be taken.
        List<MedicationUse> begun = new(uses.Count);
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var use in uses)
        {
            if (use.Started > asOf)
                continue;
            begun.Add(use);
            foreach (var name in use.Names)
                names.Add(name);
        }

        List<Perpetration> perpetrations = [];
        foreach (var (drug, parts) in table.EffectsWithParts(names))
        {
            var (state, until) = WeakestOf(parts, drug, begun, asOf, table);
            if (state != ExposureState.None)
                perpetrations.Add(new Perpetration(drug, state, until));
        }

        return perpetrations;
    }

    /// <summary>A combination acts no more than the part of it that acts least; the first of several.</summary>
    private static (ExposureState State, DateOnly? Until) WeakestOf(
        string[] parts, PerpetratorDrug drug, List<MedicationUse> uses, DateOnly asOf, PerpetratorTable table)
    {
        var weakest = StrongestOf(parts[0], drug, uses, asOf, table);
        for (var i = 1; i < parts.Length; i++)
        {
            var part = StrongestOf(parts[i], drug, uses, asOf, table);
            if (Rank(part.State) < Rank(weakest.State))
                weakest = part;
        }

        return weakest;
    }

    /// <summary>A drug that is listed several times acts as its strongest entry says; the first of several.</summary>
    private static (ExposureState State, DateOnly? Until) StrongestOf(
        string part, PerpetratorDrug drug, List<MedicationUse> uses, DateOnly asOf, PerpetratorTable table)
    {
        (ExposureState State, DateOnly? Until)? strongest = null;
        foreach (var use in uses)
        {
            if (!use.Names.Contains(part))
                continue;
            var state = StateOf(use, drug, asOf, table);
            if (strongest is not { } known || Rank(state.State) > Rank(known.State))
                strongest = state;
        }

        return strongest!.Value;
    }

    private static (ExposureState State, DateOnly? Until) StateOf(
        MedicationUse use, PerpetratorDrug effect, DateOnly asOf, PerpetratorTable table)
    {
        if (use.Stopped is { } stopped && stopped < asOf)
        {
            var until = Later(stopped, table.WashoutDays(effect));
            return asOf <= until ? (ExposureState.WashingOut, until) : (ExposureState.None, until);
        }

        if (use is { IsStopped: true, Stopped: null })
            return (ExposureState.StoppedUndated, null);

        return effect.Effect == ModulatorEffect.Inducer && use.Started is { } started && asOf < Later(started, InducerOnsetDays)
            ? (ExposureState.BuildingUp, null)
            : (ExposureState.Taken, use.Stopped is null ? null : Later(use.Stopped.Value, table.WashoutDays(effect)));
    }

    // Pharmacy systems write 9999-12-31 for "no end known", behind which there are no days.
    private static DateOnly Later(DateOnly day, int days) =>
        DateOnly.FromDayNumber(Math.Min(day.DayNumber + days, DateOnly.MaxValue.DayNumber));

    private static int Rank(ExposureState state) => state switch
    {
        ExposureState.Taken => 4,
        ExposureState.WashingOut => 3,
        ExposureState.BuildingUp => 2,
        ExposureState.StoppedUndated => 1,
        _ => 0,
    };
}
