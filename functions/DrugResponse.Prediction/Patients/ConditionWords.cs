using System.Collections.Frozen;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Patients;

/// <summary>
/// The words in which records state the conditions that features know. Letter case, hyphens, apostrophes and full stops do not matter, so
/// each term stands here once. <see cref="ConditionOpposites"/> holds the words for their absence.
/// </summary>
internal static class ConditionWords
{
    /// <summary>Every term by canonical name, without the name itself.</summary>
    public static FrozenDictionary<string, IReadOnlyList<string>> All { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [ConditionNames.AbsenceOrMyoclonicEpilepsy] =
        [
            "absence epilepsy", "childhood absence epilepsy", "juvenile absence epilepsy", "absence seizures", "petit mal",
            "myoclonic epilepsy", "juvenile myoclonic epilepsy", "jme", "myoclonic seizures", "generalised absence epilepsy",
            "generalized absence epilepsy",
        ],
        [ConditionNames.AnxiousDepression] =
        [
            "depression with anxiety", "anxiety with depression", "anxiety and depression", "mixed anxiety and depression",
            "mixed anxiety and depressive disorder", "depression with anxious distress", "major depression with anxious distress",
        ],
        [ConditionNames.AtrialFibrillation] =
        [
            "af", "afib", "atrial flutter", "atrial fibrillation or flutter", "atrial fibrillation/flutter",
            "auricular fibrillation",
        ],
        [ConditionNames.CaesareanSection] =
            ["cesarean section", "caesarean", "cesarean", "c section", "caesarean delivery", "cesarean delivery", "lscs"],
        [ConditionNames.Cardiomyopathy] =
            ["dilated cardiomyopathy", "cardiomyopathy or left ventricular dilation", "left ventricular dilation", "lv dilation"],
        [ConditionNames.Cirrhosis] =
        [
            "liver cirrhosis", "hepatic cirrhosis", "cirrhosis of the liver", "compensated cirrhosis", "decompensated cirrhosis",
            "alcoholic cirrhosis", "child pugh a", "child pugh b", "child pugh c", "child pugh class a", "child pugh class b",
            "child pugh class c",
        ],
        [ConditionNames.ClarithromycinResistance] =
        [
            "clarithromycin resistant helicobacter pylori", "clarithromycin resistant h pylori", "clarithromycin resistant strain",
            "h pylori resistant to clarithromycin", "helicobacter pylori resistant to clarithromycin",
        ],
        [ConditionNames.ComplicatedUlcer] =
        [
            "complicated ulcer", "previous complicated ulcer", "previous complicated peptic ulcer", "bleeding ulcer",
            "bleeding peptic ulcer", "previous bleeding ulcer", "perforated ulcer", "perforated peptic ulcer", "ulcer bleeding",
            "peptic ulcer bleeding", "peptic ulcer haemorrhage", "peptic ulcer hemorrhage", "previous ulcer bleeding",
        ],
        [ConditionNames.CoronaryDisease] =
        [
            "coronary disease", "coronary heart disease", "ischaemic heart disease", "ischemic heart disease", "cad", "chd", "ihd",
            "angina", "angina pectoris", "stable angina", "unstable angina", "acute coronary syndrome",
        ],
        [ConditionNames.CrohnDisease] = ["crohns disease", "crohns", "morbus crohn"],
        [ConditionNames.DeepVeinThrombosis] = ["deep venous thrombosis", "dvt"],
        [ConditionNames.DiabetesMellitus] =
        [
            "diabetes", "dm", "niddm", "type 1 diabetes", "type 2 diabetes", "type 1 diabetes mellitus", "type 2 diabetes mellitus",
            "t1dm", "t2dm", "diabetic", "drug treated diabetes",
        ],
        [ConditionNames.DisseminatedInfection] =
        [
            "disseminated fungal infection", "disseminated disease", "disseminated aspergillosis", "invasive disseminated infection",
            "cerebral aspergillosis", "cerebral infection", "cns aspergillosis", "cerebral or disseminated infection",
        ],
        [ConditionNames.FactorVLeiden] =
        [
            "factor v leiden mutation", "factor v leiden heterozygous", "factor v leiden homozygous", "fvl",
            "activated protein c resistance", "apc resistance",
        ],
        [ConditionNames.FourOrMoreHlaMismatches] =
        [
            "4 or more hla mismatches", "4 hla mismatches", "5 hla mismatches", "6 hla mismatches", "hla mismatch 4",
            "hla mismatch 5", "hla mismatch 6", "four hla mismatches", "five hla mismatches", "six hla mismatches",
            "high hla mismatch",
        ],
        [ConditionNames.HeartFailure] =
        [
            "congestive heart failure", "chf", "hf", "cardiac failure", "heart failure or cardiomyopathy",
            "congestive heart failure or cardiomyopathy", "left ventricular failure", "hfref", "hfpef",
        ],
        [ConditionNames.HeartValveDisease] = ["heart valve", "valvular disease", "valvular heart disease", "valve disease"],
        [ConditionNames.HeartValveReplacement] =
        [
            "valve replacement", "heart valve prosthesis", "mechanical heart valve", "prosthetic heart valve",
            "artificial heart valve", "bioprosthetic heart valve", "aortic valve replacement", "mitral valve replacement", "avr",
            "mvr",
        ],
        [ConditionNames.HelicobacterPylori] =
        [
            "helicobacter pylori", "h pylori", "h pylori infection", "hp infection", "helicobacter pylori positive",
            "h pylori positive", "helicobacter",
        ],
        [ConditionNames.HepatitisC] =
            ["chronic hepatitis c", "hcv", "hcv infection", "hepatitis c virus infection", "hepatitis c infection", "hep c"],
        [ConditionNames.Hypertension] =
            ["arterial hypertension", "high blood pressure", "essential hypertension", "htn", "hypertensive disease"],
        [ConditionNames.KidneyDisease] =
        [
            "ckd", "kidney disease", "renal disease", "chronic renal disease", "chronic renal insufficiency",
            "chronic renal impairment", "renal insufficiency", "renal impairment", "nephropathy", "diabetic nephropathy",
        ],
        [ConditionNames.LaterLineOfTherapy] =
        [
            "second line", "second line therapy", "second line treatment", "third line", "third line therapy",
            "third line treatment", "later line of therapy", "later line therapy", "previously treated metastatic cancer",
            "pretreated metastatic disease", "prior chemotherapy for metastatic disease",
        ],
        [ConditionNames.LiverDisease] =
        [
            "liver disease", "hepatic disease", "hepatic impairment", "chronic hepatitis", "chronic hepatitis b", "hepatitis b",
            "liver failure", "hepatic failure",
        ],
        [ConditionNames.LowAdherence] =
        [
            "poor adherence", "non adherence", "nonadherence", "non compliance", "noncompliance", "poor compliance",
            "low compliance", "non adherent", "nonadherent", "not adherent", "not compliant", "misses doses",
        ],
        [ConditionNames.LungDisease] =
        [
            "lung disease", "pulmonary disease", "chronic pulmonary disease", "copd", "chronic obstructive pulmonary disease",
            "chronic obstructive lung disease", "emphysema", "chronic bronchitis", "pulmonary fibrosis", "interstitial lung disease",
        ],
        [ConditionNames.MajorBleeding] =
        [
            "major bleeding", "history of major bleeding", "prior major bleeding", "previous bleeding", "history of bleeding",
            "prior bleeding", "bleeding history", "major haemorrhage", "major hemorrhage", "gastrointestinal bleeding",
            "gi bleeding", "gi bleed", "gastrointestinal haemorrhage", "gastrointestinal hemorrhage", "intracranial haemorrhage",
            "intracranial hemorrhage", "intracranial bleeding", "intracerebral haemorrhage", "intracerebral hemorrhage",
            "haemorrhagic stroke", "hemorrhagic stroke",
        ],
        [ConditionNames.MalignantHyperthermiaHistory] =
        [
            "malignant hyperthermia", "history of malignant hyperthermia", "previous malignant hyperthermia",
            "prior malignant hyperthermia", "mh history", "history of mh", "malignant hyperpyrexia",
        ],
        [ConditionNames.MetabolicSyndrome] = ["syndrome x", "insulin resistance syndrome"],
        [ConditionNames.MinimalResidualDisease] =
        [
            "mrd", "mrd positive", "minimal residual disease positive", "measurable residual disease",
            "residual disease at end of induction",
        ],
        [ConditionNames.MyocardialInfarction] =
        [
            "previous myocardial infarction", "prior myocardial infarction", "history of myocardial infarction",
            "old myocardial infarction", "heart attack", "previous heart attack", "prior heart attack", "mi", "previous mi",
            "prior mi", "history of mi", "stemi", "nstemi", "acute myocardial infarction",
        ],
        [ConditionNames.NodePositive] =
        [
            "node positive", "node positive breast cancer", "nodal metastases", "lymph node metastases", "lymph node positive",
            "positive lymph nodes", "axillary node positive", "positive axillary nodes",
        ],
        [ConditionNames.OpioidTolerance] =
        [
            "opioid tolerant", "long term opioid use", "long term opioid therapy", "chronic opioid use", "chronic opioid therapy",
            "opioid dependence", "opioid use disorder",
        ],
        [ConditionNames.OrthopaedicSurgery] =
        [
            "orthopedic surgery", "post-orthopaedic", "post-orthopedic", "orthopaedic procedure", "orthopedic procedure",
            "joint replacement", "hip replacement", "knee replacement", "major orthopaedic surgery", "major orthopedic surgery",
        ],
        [ConditionNames.Over20Seizures] =
        [
            "more than 20 seizures", "over 20 seizures", "over 20 seizures before treatment", ">20 seizures",
            ">20 seizures before treatment", "more than twenty seizures",
        ],
        [ConditionNames.PeripheralArterialDisease] =
        [
            "peripheral artery disease", "peripheral vascular disease", "pad", "pvd", "paod", "claudication",
            "intermittent claudication",
        ],
        [ConditionNames.PersistentNeutropenia] =
            ["prolonged neutropenia", "chronic neutropenia", "long lasting neutropenia", "neutropenia for more than 10 days"],
        [ConditionNames.PoorPerformanceStatus] =
        [
            "ecog 2", "ecog 3", "ecog 4", "ecog ps 2", "ecog ps 3", "ecog ps 4", "ecog performance status 2",
            "ecog performance status 3", "ecog performance status 4", "ecog 2 or more", "ecog >=2", "who performance status 2",
            "who performance status 3", "who performance status 4", "who ps 2", "who ps 3", "who ps 4", "performance status 2",
            "performance status 3", "performance status 4", "ps 2", "ps 3", "ps 4", "karnofsky 60", "karnofsky 50", "karnofsky 40",
            "ecog ≥2",
        ],
        [ConditionNames.PostoperativeNausea] =
        [
            "ponv", "history of ponv", "ponv history", "postoperative nausea", "postoperative vomiting",
            "postoperative nausea and vomiting", "post operative nausea and vomiting", "history of postoperative nausea",
            "history of postoperative nausea and vomiting", "motion sickness", "travel sickness", "sea sickness", "kinetosis",
        ],
        [ConditionNames.Prediabetes] =
        [
            "pre diabetes", "impaired fasting glucose", "impaired fasting glycaemia", "impaired fasting glycemia",
            "impaired glucose tolerance", "ifg", "igt", "borderline diabetes",
        ],
        [ConditionNames.PsychiatricDisorder] =
        [
            "psychiatric history", "psychiatric illness", "psychiatric disease", "mental illness", "mental disorder", "depression",
            "major depression", "major depressive disorder", "mdd", "bipolar disorder", "schizophrenia", "psychosis", "anxiety",
            "anxiety disorder", "generalised anxiety disorder", "generalized anxiety disorder", "panic disorder",
            "post traumatic stress disorder", "ptsd", "suicide attempt", "suicidality", "obsessive compulsive disorder", "ocd",
        ],
        [ConditionNames.PulmonaryEmbolism] = ["pe", "lung embolism"],
        [ConditionNames.RecentRelapse] =
        [
            "recent relapse", "relapse in the last two years", "relapse in the last 2 years", "relapse within 2 years",
            "relapse in the past two years", "relapse in the past 2 years", "recent ms relapse", "recent multiple sclerosis relapse",
            "recent relapse of multiple sclerosis",
        ],
        [ConditionNames.RenalFailure] =
        [
            "kidney failure", "end stage renal disease", "end stage kidney disease", "esrd", "eskd", "end stage renal failure",
            "dialysis", "haemodialysis", "hemodialysis", "peritoneal dialysis", "kidney transplant", "renal transplant",
            "kidney transplantation", "renal transplantation", "ckd 5", "ckd stage 5", "stage 5 chronic kidney disease",
            "chronic kidney disease stage 5",
        ],
        [ConditionNames.Stroke] =
        [
            "ischaemic stroke", "ischemic stroke", "cerebrovascular accident", "cva", "transient ischaemic attack",
            "transient ischemic attack", "tia", "stroke or transient ischaemic attack", "stroke or transient ischemic attack",
        ],
        [ConditionNames.SymptomaticEpilepsy] =
        [
            "cryptogenic epilepsy", "symptomatic or cryptogenic epilepsy", "structural epilepsy", "post traumatic epilepsy",
            "post stroke epilepsy", "epilepsy after stroke", "focal epilepsy due to structural lesion", "lesional epilepsy",
        ],
        [ConditionNames.TumourGrade3] =
        [
            "grade 3", "g3", "grade iii", "tumour grade 3", "tumor grade 3", "grade 3 tumor", "high grade tumour",
            "high grade tumor", "grade 3 breast cancer", "poorly differentiated tumour", "poorly differentiated tumor",
        ],
        [ConditionNames.TumourOver20mm] =
        [
            "tumor over 20 mm", "tumour over 2 cm", "tumor over 2 cm", "tumour >20 mm", "tumor >20 mm", "tumour >2 cm", "tumor >2 cm",
            "tumour larger than 20 mm", "tumor larger than 20 mm", "tumour larger than 2 cm", "tumor larger than 2 cm",
        ],
        [ConditionNames.VenousThromboembolism] =
        [
            "vte", "venous thrombosis", "deep vein thrombosis or pulmonary embolism", "deep vein thrombosis and pulmonary embolism",
            "dvt/pe",
        ],
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
