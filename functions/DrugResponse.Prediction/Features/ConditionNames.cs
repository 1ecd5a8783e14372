using System.Collections.Frozen;

namespace DrugResponse.Prediction.Features;

/// <summary>
/// The canonical names of conditions that features are computed from. Whoever reads a request maps synonyms to these;
/// <see cref="PatientProfile.Conditions"/> and <see cref="PatientProfile.AbsentConditions"/> hold nothing else.
/// </summary>
public static class ConditionNames
{
    /// <summary>Epilepsy with absences or myoclonic seizures.</summary>
    public const string AbsenceOrMyoclonicEpilepsy = "absence or myoclonic epilepsy";

    /// <summary>Depression with prominent anxiety.</summary>
    public const string AnxiousDepression = "anxious depression";

    /// <summary>Atrial fibrillation or flutter.</summary>
    public const string AtrialFibrillation = "atrial fibrillation";

    /// <summary>Birth by caesarean section, now.</summary>
    public const string CaesareanSection = "caesarean section";

    /// <summary>Cardiomyopathy or left ventricular dilation.</summary>
    public const string Cardiomyopathy = "cardiomyopathy";

    /// <summary>Cirrhosis of the liver.</summary>
    public const string Cirrhosis = "cirrhosis";

    /// <summary>Helicobacter pylori that resists clarithromycin.</summary>
    public const string ClarithromycinResistance = "clarithromycin resistance";

    /// <summary>Peptic ulcer that bled or perforated, now or before.</summary>
    public const string ComplicatedUlcer = "complicated peptic ulcer";

    /// <summary>Coronary artery disease.</summary>
    public const string CoronaryDisease = "coronary artery disease";

    /// <summary>Crohn disease.</summary>
    public const string CrohnDisease = "crohn disease";

    /// <summary>Deep vein thrombosis.</summary>
    public const string DeepVeinThrombosis = "deep vein thrombosis";

    /// <summary>Diabetes mellitus of any type.</summary>
    public const string DiabetesMellitus = "diabetes mellitus";

    /// <summary>Fungal infection that has spread, to the brain among others.</summary>
    public const string DisseminatedInfection = "disseminated infection";

    /// <summary>Factor V Leiden, on one chromosome or both.</summary>
    public const string FactorVLeiden = "factor v leiden";

    /// <summary>Four or more HLA mismatches between donor and recipient.</summary>
    public const string FourOrMoreHlaMismatches = "four or more hla mismatches";

    /// <summary>Congestive heart failure.</summary>
    public const string HeartFailure = "heart failure";

    /// <summary>Disease of a heart valve that has not been replaced.</summary>
    public const string HeartValveDisease = "heart valve disease";

    /// <summary>Mechanical or biological replacement of a heart valve.</summary>
    public const string HeartValveReplacement = "heart valve replacement";

    /// <summary>Infection with Helicobacter pylori.</summary>
    public const string HelicobacterPylori = "helicobacter pylori infection";

    /// <summary>Chronic hepatitis C.</summary>
    public const string HepatitisC = "hepatitis c";

    /// <summary>Arterial hypertension.</summary>
    public const string Hypertension = "hypertension";

    /// <summary>Chronic kidney disease.</summary>
    public const string KidneyDisease = "chronic kidney disease";

    /// <summary>The treatment is the second or a later line.</summary>
    public const string LaterLineOfTherapy = "second or later line of therapy";

    /// <summary>Chronic liver disease other than cirrhosis, or without saying which.</summary>
    public const string LiverDisease = "chronic liver disease";

    /// <summary>Takes clearly less of the medications than prescribed.</summary>
    public const string LowAdherence = "low adherence";

    /// <summary>Chronic lung disease, COPD among others.</summary>
    public const string LungDisease = "chronic lung disease";

    /// <summary>Major bleeding, now or before.</summary>
    public const string MajorBleeding = "previous major bleeding";

    /// <summary>Malignant hyperthermia in the past.</summary>
    public const string MalignantHyperthermiaHistory = "malignant hyperthermia history";

    /// <summary>Metabolic syndrome.</summary>
    public const string MetabolicSyndrome = "metabolic syndrome";

    /// <summary>Minimal residual disease of leukaemia at the end of induction.</summary>
    public const string MinimalResidualDisease = "minimal residual disease";

    /// <summary>Myocardial infarction, now or before.</summary>
    public const string MyocardialInfarction = "myocardial infarction";

    /// <summary>Cancer that has reached lymph nodes.</summary>
    public const string NodePositive = "node-positive cancer";

    /// <summary>Long-term use of opioids, or tolerance of them.</summary>
    public const string OpioidTolerance = "opioid tolerance";

    /// <summary>Recent major orthopaedic surgery, such as joint replacement.</summary>
    public const string OrthopaedicSurgery = "orthopaedic surgery";

    /// <summary>More than 20 seizures before treatment.</summary>
    public const string Over20Seizures = "more than 20 seizures before treatment";

    /// <summary>Peripheral arterial disease.</summary>
    public const string PeripheralArterialDisease = "peripheral arterial disease";

    /// <summary>Neutropenia that does not recover.</summary>
    public const string PersistentNeutropenia = "persistent neutropenia";

    /// <summary>Performance status 2 or more by ECOG or WHO.</summary>
    public const string PoorPerformanceStatus = "poor performance status";

    /// <summary>Postoperative nausea or vomiting, or motion sickness, in the past.</summary>
    public const string PostoperativeNausea = "postoperative nausea or motion sickness";

    /// <summary>Impaired fasting glucose or glucose tolerance, or raised HbA1c.</summary>
    public const string Prediabetes = "prediabetes";

    /// <summary>A psychiatric disorder, now or before.</summary>
    public const string PsychiatricDisorder = "psychiatric disorder";

    /// <summary>Pulmonary embolism.</summary>
    public const string PulmonaryEmbolism = "pulmonary embolism";

    /// <summary>Relapse of multiple sclerosis within the last two years.</summary>
    public const string RecentRelapse = "relapse within two years";

    /// <summary>Renal failure: dialysis, transplant, or a glomerular filtration rate below 15.</summary>
    public const string RenalFailure = "renal failure";

    /// <summary>Stroke or transient ischaemic attack.</summary>
    public const string Stroke = "stroke";

    /// <summary>Epilepsy that is symptomatic or cryptogenic, not idiopathic.</summary>
    public const string SymptomaticEpilepsy = "symptomatic epilepsy";

    /// <summary>Tumour of histological grade 3.</summary>
    public const string TumourGrade3 = "grade 3 tumour";

    /// <summary>Tumour of more than 20 mm across.</summary>
    public const string TumourOver20mm = "tumour over 20 mm";

    /// <summary>Deep vein thrombosis or pulmonary embolism, without saying which.</summary>
    public const string VenousThromboembolism = "venous thromboembolism";

    /// <summary>Every canonical name.</summary>
    public static FrozenSet<string> All { get; } = FrozenSet.ToFrozenSet(
    [
        AbsenceOrMyoclonicEpilepsy, AnxiousDepression, AtrialFibrillation, CaesareanSection, Cardiomyopathy, Cirrhosis,
        ClarithromycinResistance, ComplicatedUlcer, CoronaryDisease, CrohnDisease, DeepVeinThrombosis, DiabetesMellitus,
        DisseminatedInfection, FactorVLeiden,
        FourOrMoreHlaMismatches, HeartFailure, HeartValveDisease, HeartValveReplacement, HelicobacterPylori, HepatitisC, Hypertension,
        KidneyDisease, LaterLineOfTherapy, LiverDisease, LowAdherence, LungDisease, MajorBleeding, MalignantHyperthermiaHistory,
        MetabolicSyndrome, MinimalResidualDisease, MyocardialInfarction, NodePositive, OpioidTolerance, OrthopaedicSurgery,
        Over20Seizures, PeripheralArterialDisease, PersistentNeutropenia, PoorPerformanceStatus, PostoperativeNausea, Prediabetes,
        PsychiatricDisorder, PulmonaryEmbolism, RecentRelapse, RenalFailure, Stroke, SymptomaticEpilepsy, TumourGrade3, TumourOver20mm,
        VenousThromboembolism,
    ],
        StringComparer.Ordinal);

    /// <summary>
    /// Names of facts that a list of problems does not hold: findings of the laboratory, of the tumour or of imaging, adherence, the course
    /// of a disease so far. That such a list does not name one says nothing; it is known not to hold only when the list says so. Of every
    /// other name a list that does not hold it says that it does not hold.
    /// </summary>
    public static FrozenSet<string> StatedOnly { get; } = FrozenSet.ToFrozenSet(
    [
        AbsenceOrMyoclonicEpilepsy, AnxiousDepression, ClarithromycinResistance, DisseminatedInfection, FactorVLeiden,
        FourOrMoreHlaMismatches, HelicobacterPylori, LaterLineOfTherapy, LowAdherence, MinimalResidualDisease, NodePositive,
        OpioidTolerance, Over20Seizures, PersistentNeutropenia, PoorPerformanceStatus, PostoperativeNausea, RecentRelapse, SymptomaticEpilepsy, TumourGrade3,
        TumourOver20mm,
    ],
        StringComparer.Ordinal);
}
