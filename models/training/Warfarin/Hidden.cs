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

    /// <summary>Each part hidden with the given probability, at least one of them.</summary>
    public static Hidden Draw(Random random, double probability)
    {
        while (true)
        {
            var hidden = Hidden.Nothing;
            foreach (var part in Parts)
                if (random.NextDouble() < probability)
                    hidden |= part;
            if (hidden != Hidden.Nothing)
                return hidden;
        }
    }
}
