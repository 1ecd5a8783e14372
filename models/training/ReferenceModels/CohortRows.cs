using DrugResponse.Prediction.Features;
using DrugResponse.Training.VirtualCohort;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>
/// Virtual patients as rows of features: in full, and as a caller gave them. The features are the service's own, so that training and
/// serving cannot differ. Immutable.
/// </summary>
internal sealed class CohortRows
{
    private CohortRows(IReadOnlyList<Feature> features, IReadOnlyList<CohortRow> rows)
    {
        Features = features;
        Rows = rows;
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<Feature> Features { get; }

    /// <summary>The patients.</summary>
    public IReadOnlyList<CohortRow> Rows { get; }

    /// <summary>Computes the features of patients.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="patients">The patients.</param>
    /// <param name="hidden">What the caller leaves out of each.</param>
    /// <param name="features">The columns.</param>
    public static CohortRows Of(
        Cohort cohort, IEnumerable<VirtualPatient> patients, IEnumerable<HiddenParts> hidden, IReadOnlyList<Feature> features)
    {
        var rows = new List<CohortRow>();
        foreach (var (patient, parts) in patients.Zip(hidden))
        {
            var full = Compute(features, cohort.Profiles.Make(patient, HiddenParts.Nothing));
            var given = ReferenceEquals(parts, HiddenParts.Nothing) ? full : Compute(features, cohort.Profiles.Make(patient, parts));
            rows.Add(new CohortRow(
                new Subject(patient.Ancestry, patient.Age, patient.Sex, patient.EGfr, CypInhibition.OfCyp2d6(patient.Medications)),
                patient.Weighting, parts, [.. patient.Calls.Select(static call => call.Phenotype)], full, given));
        }

        return new CohortRows(features, rows);
    }

    /// <summary>Positions of some columns.</summary>
    public int[] Columns(IEnumerable<string> names) => [.. names.Select(name =>
    {
        for (var i = 0; i < Features.Count; i++)
            if (Features[i].Name == name)
                return i;
        throw new InvalidOperationException($"There is no column '{name}'.");
    })];

    /// <summary>The values of some columns.</summary>
    public static float[] Pick(float[] row, int[] columns) => Array.ConvertAll(columns, column => row[column]);

    private static float[] Compute(IReadOnlyList<Feature> features, PatientProfile profile)
    {
        var context = new FeatureContext(profile);
        var values = new float[features.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = features[i].Compute(context);
        return values;
    }
}

/// <summary>One virtual patient as a row.</summary>
/// <param name="Subject">What groups are made by.</param>
/// <param name="Weight">How much the patient counts.</param>
/// <param name="Hidden">What the caller left out.</param>
/// <param name="Phenotypes">Phenotype by gene, in the order of the cohort's genes.</param>
/// <param name="Full">Features with everything known.</param>
/// <param name="Given">Features of what the caller gave.</param>
internal sealed record CohortRow(
    Subject Subject, double Weight, HiddenParts Hidden, IReadOnlyList<string?> Phenotypes, float[] Full, float[] Given);

/// <summary>What groups of virtual patients are made by.</summary>
/// <param name="Ancestry">Position in <see cref="Ancestries.All"/>.</param>
/// <param name="Age">Years.</param>
/// <param name="Sex">Sex.</param>
/// <param name="EGfr">mL/min/1.73 m².</param>
/// <param name="Cyp2d6Inhibition">Strongest inhibition of CYP2D6 among the medications; null for none.</param>
internal sealed record Subject(
    int Ancestry, double Age, Sex Sex, double EGfr, Pharmacogenomics.Phenoconversion.ModulatorStrength? Cyp2d6Inhibition);
