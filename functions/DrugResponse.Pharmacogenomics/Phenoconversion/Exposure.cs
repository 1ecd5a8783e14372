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
        var begun = uses.Where(u => u.Started is not { } started || started <= asOf).ToArray();
        var names = begun.SelectMany(u => u.Names).ToHashSet(StringComparer.Ordinal);
        List<Perpetration> perpetrations = [];
        foreach (var effect in table.EffectsOf(names))
        {
            var (state, until) = effect.Drug.Split('/', StringSplitOptions.TrimEntries)
                .Select(part => StrongestOf(part, effect))
                .MinBy(s => Rank(s.State));
            if (state != ExposureState.None)
                perpetrations.Add(new Perpetration(effect, state, until));
        }

        return perpetrations;

        (ExposureState State, DateOnly? Until) StrongestOf(string part, PerpetratorDrug effect) => begun
            .Where(u => u.Names.Contains(part))
            .Select(u => StateOf(u, effect, asOf, table))
            .MaxBy(s => Rank(s.State));
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
