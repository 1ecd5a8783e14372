using System.Collections.Frozen;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Patients;

/// <summary>
/// The words in which records state that a condition does not hold, other than its name with a word of negation before or behind it
/// (<see cref="ConditionTerms"/>).
/// </summary>
internal static class ConditionOpposites
{
    /// <summary>Words by canonical name; only of conditions that have an opposite of their own.</summary>
    public static FrozenDictionary<string, IReadOnlyList<string>> All { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [ConditionNames.AbsenceOrMyoclonicEpilepsy] =
        [
            "focal epilepsy", "focal onset epilepsy", "partial epilepsy", "localisation related epilepsy", "localization related epilepsy",
        ],
        [ConditionNames.AnxiousDepression] =
        [
            "depression without anxiety", "major depression without anxiety", "depression without anxious distress",
            "non anxious depression", "nonanxious depression",
        ],
        [ConditionNames.ClarithromycinResistance] =
        [
            "clarithromycin susceptible", "clarithromycin sensitive", "clarithromycin susceptibility", "clarithromycin susceptible strain",
            "clarithromycin susceptible helicobacter pylori", "clarithromycin susceptible h pylori",
            "clarithromycin sensitive helicobacter pylori", "clarithromycin sensitive h pylori", "h pylori susceptible to clarithromycin",
            "helicobacter pylori susceptible to clarithromycin",
        ],
        [ConditionNames.DisseminatedInfection] =
            ["localised infection", "localized infection", "localised fungal infection", "localized fungal infection"],
        [ConditionNames.FactorVLeiden] = ["factor v leiden wild type", "factor v wild type", "factor v leiden non carrier"],
        [ConditionNames.FourOrMoreHlaMismatches] =
        [
            "0 hla mismatches", "1 hla mismatch", "2 hla mismatches", "3 hla mismatches", "zero hla mismatches", "one hla mismatch",
            "two hla mismatches", "three hla mismatches", "hla mismatch 0", "hla mismatch 1", "hla mismatch 2", "hla mismatch 3",
            "fewer than four hla mismatches", "fewer than 4 hla mismatches", "less than 4 hla mismatches", "no hla mismatch",
            "no hla mismatches", "hla identical", "low hla mismatch",
        ],
        [ConditionNames.HelicobacterPylori] = ["hp negative", "helicobacter pylori not detected", "h pylori not detected"],
        [ConditionNames.LaterLineOfTherapy] =
        [
            "first line", "first line therapy", "first line treatment", "1st line", "1st line therapy", "1st line treatment",
            "treatment naive metastatic cancer", "previously untreated metastatic cancer",
        ],
        [ConditionNames.LowAdherence] =
        [
            "good adherence", "high adherence", "full adherence", "adherent", "good compliance", "high compliance", "compliant",
            "misses no doses",
        ],
        [ConditionNames.MinimalResidualDisease] = ["mrd undetectable", "undetectable mrd", "undetectable minimal residual disease"],
        [ConditionNames.NodePositive] =
        [
            "node negative", "node negative cancer", "node negative breast cancer", "lymph node negative", "negative lymph nodes",
            "axillary node negative", "negative axillary nodes", "n0", "pn0",
        ],
        [ConditionNames.OpioidTolerance] = ["opioid naive", "opioid naïve"],
        [ConditionNames.Over20Seizures] =
        [
            "20 seizures or fewer", "20 or fewer seizures", "20 or fewer seizures before treatment", "up to 20 seizures",
            "up to 20 seizures before treatment", "fewer than 20 seizures", "fewer than 20 seizures before treatment",
            "less than 20 seizures", "<20 seizures", "<=20 seizures", "≤20 seizures", "twenty seizures or fewer",
        ],
        [ConditionNames.PersistentNeutropenia] =
            ["resolved neutropenia", "neutropenia resolved", "recovered neutropenia", "neutropenia recovered", "neutrophil recovery"],
        [ConditionNames.PoorPerformanceStatus] =
        [
            "good performance status", "ecog 0", "ecog 1", "ecog ps 0", "ecog ps 1", "ecog performance status 0",
            "ecog performance status 1", "ecog 0 to 1", "ecog <2", "who performance status 0", "who performance status 1", "who ps 0",
            "who ps 1", "performance status 0", "performance status 1", "ps 0", "ps 1", "karnofsky 100", "karnofsky 90", "karnofsky 80",
            "karnofsky 70",
        ],
        [ConditionNames.RecentRelapse] =
            ["relapse free for two years", "relapse free for 2 years", "relapse free for more than two years"],
        [ConditionNames.SymptomaticEpilepsy] =
        [
            "idiopathic epilepsy", "idiopathic generalised epilepsy", "idiopathic generalized epilepsy", "genetic epilepsy",
            "genetic generalised epilepsy", "genetic generalized epilepsy",
        ],
        [ConditionNames.TumourGrade3] =
        [
            "grade 1", "grade 2", "g1", "g2", "grade i", "grade ii", "tumour grade 1", "tumor grade 1", "tumour grade 2", "tumor grade 2",
            "grade 1 tumour", "grade 1 tumor", "grade 2 tumour", "grade 2 tumor", "low grade tumour", "low grade tumor",
            "well differentiated tumour", "well differentiated tumor", "moderately differentiated tumour",
            "moderately differentiated tumor",
        ],
        [ConditionNames.TumourOver20mm] =
        [
            "tumour up to 20 mm", "tumor up to 20 mm", "tumour up to 2 cm", "tumor up to 2 cm", "tumour under 20 mm", "tumor under 20 mm",
            "tumour under 2 cm", "tumor under 2 cm", "tumour <=20 mm", "tumor <=20 mm", "tumour ≤20 mm", "tumor ≤20 mm", "tumour <20 mm",
            "tumor <20 mm", "tumour <=2 cm", "tumor <=2 cm", "tumour ≤2 cm", "tumor ≤2 cm", "tumour <2 cm", "tumor <2 cm", "t1 tumour",
            "t1 tumor",
        ],
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
