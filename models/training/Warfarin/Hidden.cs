using DrugResponse.Prediction.Features;

namespace DrugResponse.Training.Warfarin;

/// <summary>What is withheld from a copy of a subject, so that a model learns and an interval shows what not knowing it costs.</summary>
[Flags]
internal enum Hidden
{
    Nothing = 0,
    Vkorc1 = 1,
    Cyp2c9 = 2,
    BodySize = 4,
    Age = 8,
    Ancestry = 16,
    Medications = 32,
    Conditions = 64,
}

internal static class Hiding
{
    private static readonly Hidden[] Parts = [.. Enum.GetValues<Hidden>().Where(static part => part != Hidden.Nothing)];

    private static readonly (double Share, Hidden Hidden)[] Usual =
    [
        (0.35, Hidden.Vkorc1 | Hidden.Cyp2c9),
        (0.1, Hidden.Vkorc1),
        (0.1, Hidden.Cyp2c9),
        (0.1, Hidden.BodySize),
        (0.05, Hidden.Age),
        (0.05, Hidden.Ancestry),
        (0.05, Hidden.Medications | Hidden.Conditions),
    ];

    /// <summary>The patient without what is hidden.</summary>
    public static PatientProfile Without(this PatientProfile profile, Hidden hidden)
    {
        var alleles = profile.Alleles
            .Where(pair => !(pair.Key == "VKORC1" && hidden.HasFlag(Hidden.Vkorc1)))
            .Where(pair => !(pair.Key == "CYP2C9" && hidden.HasFlag(Hidden.Cyp2c9)))
            .ToDictionary(StringComparer.Ordinal);
        return profile with
        {
            Alleles = alleles,
            WeightKg = hidden.HasFlag(Hidden.BodySize) ? null : profile.WeightKg,
            HeightCm = hidden.HasFlag(Hidden.BodySize) ? null : profile.HeightCm,
            AgeYears = hidden.HasFlag(Hidden.Age) ? null : profile.AgeYears,
            Ancestry = hidden.HasFlag(Hidden.Ancestry) ? null : profile.Ancestry,
            ActiveMedications = hidden.HasFlag(Hidden.Medications) ? null : profile.ActiveMedications,
            Conditions = hidden.HasFlag(Hidden.Conditions) ? null : profile.Conditions,
        };
    }

    /// <summary>
    /// What to hide from a copy: mostly what records lack together, no genotype above all, and now and then any mixture, so that
    /// every combination occurs.
    /// </summary>
    public static Hidden Draw(Random random)
    {
        var place = random.NextDouble();
        foreach (var (share, hidden) in Usual)
        {
            place -= share;
            if (place < 0)
                return hidden;
        }

        return Mixture(random);
    }

    private static Hidden Mixture(Random random)
    {
        while (true)
        {
            var hidden = Hidden.Nothing;
            foreach (var part in Parts)
                if (random.NextDouble() < 0.35)
                    hidden |= part;
            if (hidden != Hidden.Nothing)
                return hidden;
        }
    }
}
