using System.Collections.Frozen;

namespace DrugResponse.Prediction.Patients;

/// <summary>
/// Words for a condition that name only one of its kinds. Who has the kind has the condition, but to be without the kind
/// (<c>no type 1 diabetes</c>) is not to be without the condition.
/// </summary>
internal static class NarrowConditionWords
{
    /// <summary>The words, each a word of <see cref="ConditionWords"/>.</summary>
    public static FrozenSet<string> All { get; } = FrozenSet.ToFrozenSet(
    [
        "absence epilepsy", "childhood absence epilepsy", "juvenile absence epilepsy", "absence seizures", "petit mal",
        "myoclonic epilepsy", "juvenile myoclonic epilepsy", "jme", "myoclonic seizures", "generalised absence epilepsy",
        "generalized absence epilepsy",
        "atrial flutter",
        "dilated cardiomyopathy", "left ventricular dilation", "lv dilation",
        "compensated cirrhosis", "decompensated cirrhosis", "alcoholic cirrhosis", "child pugh a", "child pugh b", "child pugh c",
        "child pugh class a", "child pugh class b", "child pugh class c",
        "bleeding ulcer", "bleeding peptic ulcer", "previous bleeding ulcer", "perforated ulcer", "perforated peptic ulcer",
        "ulcer bleeding", "peptic ulcer bleeding", "peptic ulcer haemorrhage", "peptic ulcer hemorrhage", "previous ulcer bleeding",
        "angina", "angina pectoris", "stable angina", "unstable angina", "acute coronary syndrome",
        "niddm", "type 1 diabetes", "type 2 diabetes", "type 1 diabetes mellitus", "type 2 diabetes mellitus", "t1dm", "t2dm",
        "drug treated diabetes",
        "disseminated aspergillosis", "cerebral aspergillosis", "cerebral infection", "cns aspergillosis",
        "factor v leiden heterozygous", "factor v leiden homozygous",
        "4 hla mismatches", "5 hla mismatches", "6 hla mismatches", "hla mismatch 4", "hla mismatch 5", "hla mismatch 6",
        "four hla mismatches", "five hla mismatches", "six hla mismatches",
        "left ventricular failure", "hfref", "hfpef",
        "mechanical heart valve", "bioprosthetic heart valve", "aortic valve replacement", "mitral valve replacement", "avr", "mvr",
        "essential hypertension",
        "nephropathy", "diabetic nephropathy",
        "second line", "second line therapy", "second line treatment", "third line", "third line therapy", "third line treatment",
        "hepatic impairment", "chronic hepatitis", "chronic hepatitis b", "hepatitis b", "liver failure", "hepatic failure",
        "copd", "chronic obstructive pulmonary disease", "chronic obstructive lung disease", "emphysema", "chronic bronchitis",
        "pulmonary fibrosis", "interstitial lung disease",
        "gastrointestinal bleeding", "gi bleeding", "gi bleed", "gastrointestinal haemorrhage", "gastrointestinal hemorrhage",
        "intracranial haemorrhage", "intracranial hemorrhage", "intracranial bleeding", "intracerebral haemorrhage",
        "intracerebral hemorrhage", "haemorrhagic stroke", "hemorrhagic stroke",
        "stemi", "nstemi", "acute myocardial infarction",
        "opioid dependence", "opioid use disorder",
        "joint replacement", "hip replacement", "knee replacement",
        "claudication", "intermittent claudication",
        "ecog 2", "ecog 3", "ecog 4", "ecog ps 2", "ecog ps 3", "ecog ps 4", "ecog performance status 2", "ecog performance status 3",
        "ecog performance status 4", "who performance status 2", "who performance status 3", "who performance status 4", "who ps 2",
        "who ps 3", "who ps 4", "performance status 2", "performance status 3", "performance status 4", "ps 2", "ps 3", "ps 4",
        "karnofsky 60", "karnofsky 50", "karnofsky 40",
        "postoperative nausea", "postoperative vomiting", "motion sickness", "travel sickness", "sea sickness", "kinetosis",
        "impaired fasting glucose", "impaired fasting glycaemia", "impaired fasting glycemia", "impaired glucose tolerance", "ifg", "igt",
        "depression", "major depression", "major depressive disorder", "mdd", "bipolar disorder", "schizophrenia", "psychosis", "anxiety",
        "anxiety disorder", "generalised anxiety disorder", "generalized anxiety disorder", "panic disorder",
        "post traumatic stress disorder", "ptsd", "suicide attempt", "suicidality", "obsessive compulsive disorder", "ocd",
        "dialysis", "haemodialysis", "hemodialysis", "peritoneal dialysis", "kidney transplant", "renal transplant",
        "kidney transplantation", "renal transplantation", "ckd 5", "ckd stage 5", "stage 5 chronic kidney disease",
        "chronic kidney disease stage 5",
        "ischaemic stroke", "ischemic stroke", "transient ischaemic attack", "transient ischemic attack", "tia",
        "cryptogenic epilepsy", "structural epilepsy", "post traumatic epilepsy", "post stroke epilepsy", "epilepsy after stroke",
        "focal epilepsy due to structural lesion", "lesional epilepsy",
    ],
        StringComparer.Ordinal);
}
