using System.Collections.Immutable;

namespace DrugResponse.Prediction.Features;

/// <summary>Allele counts and scores from called alleles, and what a gene's absence means in an ancestry.</summary>
internal static class GenotypeFeatures
{
    private const string Cyp2c9 = "CYP2C9";

    private const string Cyp2c9StandIn = "cyp2c9PhenotypeWithoutAlleles";

    private static readonly PhenotypeLevels Cyp2c9Levels = PhenotypeLevels.OfMetabolizers(Cyp2c9, "Poor", "Intermediate", "Normal");

    internal static ImmutableArray<Feature> All { get; } =
    [
        Count("cyp2c9Star2Alleles", Cyp2c9, "CYP2C9*2 alleles (decreased function)", static allele => allele == "*2") with
        {
            StandIn = Cyp2c9StandIn,
        },
        Count("cyp2c9Star3Alleles", Cyp2c9, "CYP2C9*3 alleles (no function)", static allele => allele == "*3") with
        {
            StandIn = Cyp2c9StandIn,
        },
        Count("cyp2c9OtherReducedAlleles", Cyp2c9,
            "CYP2C9 alleles of decreased or no function other than *2 and *3, such as *5, *6, *8, *11",
            static allele => !IsStar2Or3(allele) && AlleleActivity.Of(Cyp2c9, allele) < 1),
        new()
        {
            Name = "cyp2c9ActivityScore",
            Unit = "score",
            Min = 0,
            Max = 2,
            Meaning = "CYP2C9 activity score, 2 for *1/*1, from the alleles, else as reported, else the lowest of the reported phenotype's "
                + "range: 2 normal, 1 intermediate, 0 poor, because too low a dose is corrected by the INR and too high a dose bleeds; NaN "
                + "when none is known, an allele's function is uncertain, or *2 or *3 was not looked for. Other alleles count when found, "
                + "as in the cohort that warfarin's models learned from.",
            Source = "genotype CYP2C9; sum of the two alleles' CPIC activity values, or the reported activity score, or the lower end of "
                + "the range of scores of the reported phenotype (CPIC: poor 0 to 0.5, intermediate 1 to 1.5, normal 2)",
            Inputs = [FeatureInput.OfGene(Cyp2c9)],
            Compute = static context => Cyp2c9Score(context.Patient),
        },
        PatientFeature.Level(Cyp2c9StandIn, 2,
            "CYP2C9 metabolizer where the alleles are not known: 0 poor, 1 intermediate, 2 normal; NaN when they are, or nothing is.",
            "genotype CYP2C9; the CPIC phenotype as reported, or of the activity score as reported (0 to 0.5 poor, 1 to 1.5 intermediate, "
            + "2 normal)",
            [FeatureInput.OfGene(Cyp2c9)],
            static patient => patient.Alleles.ContainsKey(Cyp2c9) ? float.NaN : Cyp2c9Level(patient)),
        Count("vkorc1Rs9923231TAlleles", "VKORC1", "VKORC1 rs9923231 T alleles (A on the coding strand, -1639G>A; lower dose)",
            static allele => allele == Vkorc1Variant),
        WhenMissing("asianWithoutVkorc1", "VKORC1", "Asian", IsVkorc1Known, DemographicFeatures.IsAsian),
        WhenMissing("blackWithoutVkorc1", "VKORC1", "Black", IsVkorc1Known, DemographicFeatures.IsBlack),
        WhenMissing("asianWithoutCyp2c9", Cyp2c9, "Asian", IsCyp2c9Known, DemographicFeatures.IsAsian),
        WhenMissing("blackWithoutCyp2c9", Cyp2c9, "Black", IsCyp2c9Known, DemographicFeatures.IsBlack),
    ];

    /// <summary>Name of the VKORC1 allele with the rs9923231 variant base, on the genomic (GRCh38 plus) strand.</summary>
    internal const string Vkorc1Variant = "rs9923231 variant (T)";

    /// <summary>Whether both alleles of a gene are known.</summary>
    internal static bool IsCalled(PatientProfile patient, string gene) =>
        patient.Alleles.TryGetValue(gene, out var alleles) && alleles.Count == 2;

    private static float Cyp2c9Score(PatientProfile patient)
    {
        if (patient.Alleles.TryGetValue(Cyp2c9, out var alleles))
        {
            return alleles.Count == 2 && !HasOpen(patient, Cyp2c9, IsStar2Or3)
                ? AlleleActivity.Of(Cyp2c9, alleles[0]) + AlleleActivity.Of(Cyp2c9, alleles[1])
                : float.NaN;
        }

        return patient.ActivityScores.TryGetValue(Cyp2c9, out var score) ? (float)score : Cyp2c9Levels.In(patient.Phenotypes);
    }

    // A score decides the phenotype by CPIC's ranges, 0 to 0.5, 1 to 1.5 and 2; whoever reads a request gives both.
    private static float Cyp2c9Level(PatientProfile patient) =>
        patient.ActivityScores.TryGetValue(Cyp2c9, out var score) ? (float)Math.Floor(score) : Cyp2c9Levels.In(patient.Phenotypes);

    private static bool IsStar2Or3(string allele) => allele is "*2" or "*3";

    /// <summary>Whether one of some alleles was left open by the typing, so that a count of those found may be too low.</summary>
    private static bool HasOpen(PatientProfile patient, string gene, Func<string, bool> counts)
    {
        if (!patient.OpenAlleles.TryGetValue(gene, out var open))
            return false;
        for (var i = 0; i < open.Count; i++)
        {
            if (counts(open[i]))
                return true;
        }

        return false;
    }

    private static Feature Count(string name, string gene, string meaning, Func<string, bool> counts) => new()
    {
        Name = name,
        Unit = "count",
        Min = 0,
        Max = 2,
        Meaning = $"Number of {meaning}; NaN when the gene was not called, or its typing left open whether there is one.",
        Source = $"genotype {gene}",
        Inputs = [FeatureInput.OfGene(gene)],
        Compute = context => context.Patient.Alleles.TryGetValue(gene, out var alleles) && alleles.Count == 2
            && !HasOpen(context.Patient, gene, counts)
                ? (counts(alleles[0]) ? 1 : 0) + (counts(alleles[1]) ? 1 : 0)
                : float.NaN,
    };

    private static bool IsVkorc1Known(PatientProfile patient) => IsCalled(patient, "VKORC1");

    private static bool IsCyp2c9Known(PatientProfile patient) => !float.IsNaN(Cyp2c9Score(patient));

    // An additive model cannot say otherwise that ancestry stands in for a gene that was not tested, and for that gene only.
    private static Feature WhenMissing(
        string name, string gene, string ancestry, Func<PatientProfile, bool> isKnown, Func<PatientProfile, float> isOf) => new()
        {
            Name = name,
            Unit = "flag",
            Min = 0,
            Max = 1,
            Meaning = $"{ancestry} ancestry in a patient whose {gene} is not known; 0 when it is; NaN when neither is known.",
            Source = $"patient.ancestry, genotype {gene}",
            Inputs = [new FeatureInput("/patient/ancestry"), FeatureInput.OfGene(gene)],
            Compute = context => isKnown(context.Patient) ? 0 : isOf(context.Patient),
        };
}
