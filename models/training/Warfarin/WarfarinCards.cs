using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Training.Warfarin;

/// <summary>What the model cards say.</summary>
internal static class WarfarinCards
{
    public const string Drug = "warfarin";
    public const string DoseEndpoint = "dose";
    private const string Version = "1.0.0";

    private static readonly string[] CommonLimits =
    [
        "Doses are predicted too high for patients who need little and too low for those who need much, as by every known warfarin "
        + "model; the metrics by dose band say how far.",
        "CYP4F2, CYP2C9 alleles that the cohort did not test (such as *8), kidney and liver function, vitamin K intake and alcohol "
        + "are not in the data.",
        "Race stands in for genetic and environmental differences that were not measured; it is as the consortium coded it and "
        + "coarse, and African American patients are few.",
        "Sites differed in how fully they listed drugs and conditions, so the effects of most medications are understated.",
        "The target INR was 2 to 3; patients with another target need another dose.",
    ];

    public static ModelCard Dose(WarfarinData data, ModelInterval interval, IReadOnlyList<ModelMetric> metrics) => new()
    {
        Drug = Drug,
        Endpoint = DoseEndpoint,
        Kind = EndpointKind.Dose,
        Version = Version,
        Predicts = "The weekly warfarin dose that keeps the INR within a target of 2 to 3: the median of patients like this one.",
        Scale = "sqrt-mg-per-week",
        Unit = "mg/week",
        Interval = interval,
        TrainingRanges = Ranges(data),
        TrainedOn = TrainingBasis.RealCohort,
        TrainingData = TrainingData(data),
        Metrics = metrics,
        IntendedUse = "To inform the choice of the first maintenance dose of an adult who starts warfarin; INR monitoring decides "
            + "every later dose.",
        Limits =
        [
            "The published algorithms were derived on most of this very cohort, so the comparison with them flatters them.",
            .. CommonLimits,
        ],
    };

    public static ModelCard Suffices(WarfarinData data, ModelInterval interval, IReadOnlyList<ModelMetric> metrics) => new()
    {
        Drug = Drug,
        Endpoint = WarfarinEndpoint.StandardDoseSuffices.Key,
        Kind = EndpointKind.Response,
        Version = Version,
        Predicts = "The chance that the stable dose is 28 to 42 mg per week, so that the standard 35 mg is within 20 % of it, given "
            + "that a stable dose is reached.",
        Scale = "log-odds",
        Interval = interval,
        TrainingRanges = Ranges(data),
        TrainedOn = TrainingBasis.RealCohort,
        TrainingData = TrainingData(data),
        Metrics = metrics,
        IntendedUse = "To tell patients whom the standard dose suits from those who need an individual one.",
        Limits =
        [
            "It is a statement about the dose, not about thrombosis, bleeding or time in the therapeutic range.",
            "The chance falls on both sides of 35 mg; the predicted dose tells which side a patient is on.",
            .. CommonLimits,
        ],
    };

    public static ModelCard Overdoses(WarfarinData data, ModelInterval interval, IReadOnlyList<ModelMetric> metrics) => new()
    {
        Drug = Drug,
        Endpoint = WarfarinEndpoint.StandardDoseOverdoses.Key,
        Kind = EndpointKind.Adverse,
        Version = Version,
        Predicts = "The chance that the stable dose is below 23.3 mg per week, so that the standard 35 mg is more than one and a half "
            + "times what the patient needs, given that a stable dose is reached.",
        Scale = "log-odds",
        Interval = interval,
        TrainingRanges = Ranges(data),
        TrainedOn = TrainingBasis.RealCohort,
        TrainingData = TrainingData(data),
        Metrics = metrics,
        IntendedUse = "To find patients who would be overdosed by the standard dose before they are.",
        Limits =
        [
            "The cohort records no bleeding: this is the risk of too high a dose, not of its consequence.",
            .. CommonLimits,
        ],
    };

    private static ModelTrainingData TrainingData(WarfarinData data) => new(
        "Subject-level data of the International Warfarin Pharmacogenetics Consortium, deposited at PharmGKB (now ClinPGx), "
        + "CC BY-SA 4.0; about 80 % of the subjects, the others kept back for checks. Missing VKORC1 rs9923231 genotypes were completed "
        + "from other VKORC1 variants by the decision list of the paper's supplementary appendix.",
        "International Warfarin Pharmacogenetics Consortium. Estimation of the warfarin dose with clinical and pharmacogenetic data. "
        + "N Engl J Med 2009;360:753-64.",
        data.Subjects.Count,
        "Subjects who reached a stable dose at a target INR of 2 to 3 (or, where it was not recorded, an estimated target range that "
        + "starts below 2.5). Besides every subject as known, a copy from which a random part was hidden, with a quarter of the weight.");

    // Ten subjects lie at or beyond either end: no end tells of one of them.
    private static SortedDictionary<string, FeatureRange> Ranges(WarfarinData data)
    {
        const int Beyond = 10;
        string[] features = ["ageDecade", "heightCm", "weightKg"];
        var rows = FeatureRows.Of(features, [.. data.Subjects.Select(static subject => subject.Profile)]);
        var ranges = new SortedDictionary<string, FeatureRange>(StringComparer.Ordinal);
        for (var k = 0; k < features.Length; k++)
        {
            var values = rows.Select(row => row[k]).Where(static value => !float.IsNaN(value)).Order().ToArray();
            ranges[features[k]] = new FeatureRange(Math.Round(values[Beyond - 1], 1), Math.Round(values[^Beyond], 1));
        }

        return ranges;
    }
}
