using System.Collections.Immutable;

namespace DrugResponse.Prediction.Features;

/// <summary>Age, sex, body size, ancestry, smoking, kidney function.</summary>
internal static class DemographicFeatures
{
    // Static members initialise in order of writing: the masks must stand above the list that uses them.
    private static readonly ImmutableHashSet<AncestryGroup> European = [AncestryGroup.European, AncestryGroup.NearEastern];
    private static readonly ImmutableHashSet<AncestryGroup> Asian =
        [AncestryGroup.Asian, AncestryGroup.EastAsian, AncestryGroup.CentralSouthAsian];
    private static readonly ImmutableHashSet<AncestryGroup> Black =
        [AncestryGroup.AfricanAmerican, AncestryGroup.SubSaharanAfrican];
    private static readonly ImmutableHashSet<AncestryGroup> Latino = [AncestryGroup.Latino];
    private static readonly ImmutableHashSet<AncestryGroup> Other =
        [AncestryGroup.American, AncestryGroup.Latino, AncestryGroup.Oceanian, AncestryGroup.MixedOrOther];

    internal static ImmutableArray<Feature> All { get; } =
    [
        Number("ageYears", "years", 0, 120, "Age; NaN when not given.", "patient.ageYears", static p => p.AgeYears),
        Number("ageDecade", "decades", 1, 9,
            "Age in whole decades, as the published warfarin formulas count it: 1 for up to 19 years, 6 for 60 to 69, 9 for 90 and "
            + "over; NaN when not given.",
            "patient.ageYears; floor(years / 10), kept within 1 to 9 (IWPC, N Engl J Med 2009;360:753-64)",
            static p => p.AgeYears is { } years ? Math.Clamp(Math.Floor(years / 10), 1, 9) : null),
        Flag("male", "Recorded as male at birth; NaN when not given.", "patient.sex",
            static p => p.Sex is { } sex ? sex == Sex.Male : null),
        Number("weightKg", "kg", 1, 400, "Body weight; NaN when not given.", "patient.weightKg", static p => p.WeightKg),
        Number("heightCm", "cm", 30, 250, "Body height; NaN when not given.", "patient.heightCm", static p => p.HeightCm),
        Number("bodySurfaceArea", "m2", 0.1, 5, "Body surface area; NaN unless both weight and height are given.",
            "patient.weightKg, patient.heightCm; sqrt(height x weight / 3600) (Mosteller, N Engl J Med 1987;317:1098)",
            static p => Math.Sqrt((p.HeightCm * p.WeightKg / 3600) ?? double.NaN)),
        Number("bodyMassIndex", "kg/m2", 0, 12_500, "Body mass index; NaN unless both weight and height are given.",
            "patient.weightKg, patient.heightCm; weight / height in metres squared", BodyMassIndex),
        Number("eGfr", "mL/min/1.73 m2", 0, 250, "Estimated glomerular filtration rate; NaN when not given.", "patient.eGfr",
            static p => p.EGfr),
        Flag("smoker", "Smokes now; NaN when not given.", "patient.smoker", static p => p.Smoker),
        OfAncestry("ancestryEuropean", European, "European or Near Eastern ancestry"),
        OfAncestry("ancestryAsian", Asian, "East, Central, South or otherwise Asian ancestry"),
        OfAncestry("ancestryBlack", Black, "African American, Afro-Caribbean or Sub-Saharan African ancestry"),
        OfAncestry("ancestryOther", Other, "Ancestry that is mixed, American, Latino, Oceanian or recorded as other"),
        PatientFeature.Flag("ancestryEastAsian",
            "East Asian ancestry; NaN when ancestry is not given or not recognised, or is Asian without saying from where.",
            "patient.ancestry",
            Members("patient.ancestry"),
            static p => p.Ancestry is { } ancestry and not AncestryGroup.Asian
                ? TernaryLogic.Of(ancestry == AncestryGroup.EastAsian)
                : float.NaN),
        OfAncestry("ancestryLatino", Latino, "Latino ancestry"),
        Number("ancestryGroup", "code", 1, 11,
            "Ancestry: 1 African American or Afro-Caribbean, 2 American, 3 Central or South Asian, 4 East Asian, 5 European, 6 Latino, "
            + "7 Near Eastern, 8 Oceanian, 9 Sub-Saharan African, 10 Asian without saying from where, 11 mixed or other; NaN when ancestry "
            + "is not given or not recognised.",
            "patient.ancestry", static p => p.Ancestry is { } ancestry ? CodeOf(ancestry) : null),
    ];

    /// <summary>kg/m², or null unless both weight and height are known.</summary>
    internal static double? BodyMassIndex(PatientProfile patient) =>
        patient.WeightKg / (patient.HeightCm / 100 * (patient.HeightCm / 100));

    /// <summary>The number of the ancestry in the feature <c>ancestryGroup</c>, or NaN when unknown.</summary>
    internal static float AncestryCode(PatientProfile patient) => patient.Ancestry is { } ancestry ? CodeOf(ancestry) : float.NaN;

    /// <summary>1 for European or Near Eastern ancestry, 0 for any other, NaN when unknown.</summary>
    internal static float IsEuropean(PatientProfile patient) => IsOf(patient, European);

    /// <summary>1 for males, 0 for females, NaN when unknown.</summary>
    internal static float IsMale(PatientProfile patient) => patient.Sex is { } sex ? TernaryLogic.Of(sex == Sex.Male) : float.NaN;

    /// <summary>1 for Asian ancestry, 0 for any other, NaN when unknown.</summary>
    internal static float IsAsian(PatientProfile patient) => IsOf(patient, Asian);

    /// <summary>1 for Black ancestry, 0 for any other, NaN when unknown.</summary>
    internal static float IsBlack(PatientProfile patient) => IsOf(patient, Black);

    // The codes are the groups in the order of the enumeration, from 1.
    private static int CodeOf(AncestryGroup ancestry) => (int)ancestry + 1;

    private static float IsOf(PatientProfile patient, ImmutableHashSet<AncestryGroup> groups) =>
        patient.Ancestry is { } ancestry ? groups.Contains(ancestry) ? 1 : 0 : float.NaN;

    private static Feature OfAncestry(string name, ImmutableHashSet<AncestryGroup> groups, string meaning) => new()
    {
        Name = name,
        Unit = "flag",
        Min = 0,
        Max = 1,
        Meaning = $"{meaning}; NaN when ancestry is not given or not recognised.",
        Source = "patient.ancestry",
        Inputs = Members("patient.ancestry"),
        Compute = context => IsOf(context.Patient, groups),
    };

    private static Feature Flag(string name, string meaning, string source, Func<PatientProfile, bool?> read) =>
        Number(name, "flag", 0, 1, meaning, source, patient => read(patient) is { } value ? value ? 1 : 0 : null);

    private static Feature Number(
        string name, string unit, double min, double max, string meaning, string source, Func<PatientProfile, double?> read) => new()
        {
            Name = name,
            Unit = unit,
            Min = min,
            Max = max,
            Meaning = meaning,
            Source = source,
            Inputs = Members(source),
            Compute = context => (float)(read(context.Patient) ?? double.NaN),
        };

    // A source begins with the members of the request that it reads, with commas between; a formula follows after a semicolon.
    private static IReadOnlyList<FeatureInput> Members(string source) =>
        [.. source.Split(';')[0].Split(", ").Select(static member => new FeatureInput($"/{member.Replace('.', '/')}"))];
}
