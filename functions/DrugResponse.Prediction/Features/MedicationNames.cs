namespace DrugResponse.Prediction.Features;

/// <summary>
/// The canonical names of drug classes that features are computed from, and the ingredients that belong to each.
/// Ingredient names are the lower-case ones of RxNorm and CPIC (<c>rifampin</c>, <c>acetaminophen</c>). Whoever reads a
/// request maps brands, salts and synonyms to these; <see cref="PatientProfile.ActiveMedications"/> may hold ingredients,
/// classes (where a record names only the class) or both.
/// </summary>
public static partial class MedicationNames
{
    /// <summary>Aminoglycoside antibiotics.</summary>
    public const string Aminoglycoside = "aminoglycoside antibiotic";

    /// <summary>Aminosalicylates given for inflammatory bowel disease.</summary>
    public const string Aminosalicylate = "aminosalicylate";

    /// <summary>Antibiotics given by mouth or vein, without those against tuberculosis.</summary>
    public const string Antibiotic = "antibiotic";

    /// <summary>
    /// Strongly anticholinergic drugs: score 3 of the Anticholinergic Cognitive Burden scale (Boustani M et al., Aging Health
    /// 2008;4:311-20, update of 2012).
    /// </summary>
    public const string Anticholinergic = "anticholinergic";

    /// <summary>Drugs given against depression.</summary>
    public const string Antidepressant = "antidepressant";

    /// <summary>
    /// Drugs given mostly against epilepsy; without gabapentinoids and benzodiazepines, which are mostly given for something else.
    /// </summary>
    public const string Antiepileptic = "anticonvulsant";

    /// <summary>Oral antiplatelet drugs other than aspirin.</summary>
    public const string Antiplatelet = "antiplatelet";

    /// <summary>
    /// Carbamazepine, oxcarbazepine and phenytoin, a rash on one of which often returns on another, with their prodrugs and active
    /// forms.
    /// </summary>
    public const string AromaticAntiepileptic = "aromatic anticonvulsant";

    /// <summary>Azole antifungals given by mouth or vein; they inhibit CYP2C9 or CYP3A4.</summary>
    public const string AzoleAntifungal = "azole antifungal";

    /// <summary>Barbiturates and primidone, which is metabolised to phenobarbital.</summary>
    public const string Barbiturate = "barbiturate";

    /// <summary>Benzodiazepines.</summary>
    public const string Benzodiazepine = "benzodiazepine";

    /// <summary>Cephalosporins.</summary>
    public const string Cephalosporin = "cephalosporin antibiotic";

    /// <summary>Corticosteroids given by mouth or vein.</summary>
    public const string Corticosteroid = "corticosteroid";

    /// <summary>Non-steroidal anti-inflammatory drugs that inhibit COX-2 alone.</summary>
    public const string Coxib = "coxib";

    /// <summary>Loop, thiazide and thiazide-like, and potassium-sparing diuretics.</summary>
    public const string Diuretic = "diuretic";

    /// <summary>
    /// Drugs that induce warfarin's metabolism: carbamazepine, phenytoin and rifampin as in the IWPC algorithms (N Engl J Med
    /// 2009;360:753-64), and their close relatives.
    /// </summary>
    public const string EnzymeInducer = "enzyme inducer";

    /// <summary>Fibric acid derivatives.</summary>
    public const string Fibrate = "fibrate";

    /// <summary>Fluorouracil and the drugs that become it.</summary>
    public const string Fluoropyrimidine = "fluoropyrimidine";

    /// <summary>Fluoroquinolone antibiotics.</summary>
    public const string Fluoroquinolone = "fluoroquinolone antibiotic";

    /// <summary>Gabapentin and pregabalin.</summary>
    public const string Gabapentinoid = "gabapentinoid";

    /// <summary>Herbal products and vitamin supplements other than vitamin K.</summary>
    public const string HerbalOrVitaminSupplement = "herbal or vitamin supplement";

    /// <summary>Loop diuretics.</summary>
    public const string LoopDiuretic = "loop diuretic";

    /// <summary>Macrolide antibiotics.</summary>
    public const string MacrolideAntibiotic = "macrolide antibiotic";

    /// <summary>
    /// Moderate inhibitors of CYP3A4 by the table of perpetrator drugs, without erythromycin, which counts as a strong one.
    /// </summary>
    public const string ModerateCyp3aInhibitor = "moderate cyp3a4 inhibitor";

    /// <summary>Muscle relaxants of anaesthesia, depolarising or not.</summary>
    public const string NeuromuscularBlocker = "neuromuscular blocker";

    /// <summary>Non-steroidal anti-inflammatory drugs including coxibs, without aspirin.</summary>
    public const string Nsaid = "nsaid";

    /// <summary>Opioids that relieve pain or are given for dependence.</summary>
    public const string Opioid = "opioid";

    /// <summary>Penicillins, alone or with an inhibitor of beta-lactamase.</summary>
    public const string Penicillin = "penicillin antibiotic";

    /// <summary>Potassium-sparing diuretics.</summary>
    public const string PotassiumSparingDiuretic = "potassium-sparing diuretic";

    /// <summary>Proton pump inhibitors.</summary>
    public const string ProtonPumpInhibitor = "proton pump inhibitor";

    /// <summary>Drugs of which CredibleMeds says that their risk of torsade de pointes is known.</summary>
    public const string QtProlonging = "qt-prolonging drug";

    /// <summary>Selective serotonin reuptake inhibitors.</summary>
    public const string Ssri = "ssri";

    /// <summary>Selective serotonin (and noradrenaline) reuptake inhibitors.</summary>
    public const string SsriOrSnri = "ssri or snri";

    /// <summary>HMG-CoA reductase inhibitors.</summary>
    public const string Statin = "statin";

    /// <summary>Methylphenidate and amphetamines.</summary>
    public const string Stimulant = "stimulant";

    /// <summary>Strong inducers of CYP3A4 by the table of perpetrator drugs.</summary>
    public const string StrongCyp3aInducer = "strong cyp3a4 inducer";

    /// <summary>
    /// Strong inhibitors of CYP3A4 by the table of perpetrator drugs, and erythromycin, which the study of statins counted with
    /// clarithromycin (Patel AM et al., Ann Intern Med 2013;158:869-76).
    /// </summary>
    public const string StrongCyp3aInhibitor = "strong cyp3a4 inhibitor";

    /// <summary>Sulfonamide antibiotics, alone or with trimethoprim.</summary>
    public const string SulfonamideAntibiotic = "sulfonamide antibiotic";

    /// <summary>Thiazides and their like.</summary>
    public const string ThiazideDiuretic = "thiazide diuretic";

    /// <summary>Azathioprine, mercaptopurine and thioguanine.</summary>
    public const string Thiopurine = "thiopurine";

    /// <summary>Thyroid hormones.</summary>
    public const string ThyroidHormone = "thyroid hormone";

    /// <summary>Tricyclic antidepressants.</summary>
    public const string TricyclicAntidepressant = "tricyclic antidepressant";

    /// <summary>Vitamin K as a drug.</summary>
    public const string VitaminK = "vitamin k";

    /// <summary>Coumarins and indanediones, which lower the clotting factors that need vitamin K.</summary>
    public const string VitaminKAntagonist = "vitamin k antagonist";

    /// <summary>Volatile anaesthetics, which can set off malignant hyperthermia.</summary>
    public const string VolatileAnaesthetic = "volatile anaesthetic";

    /// <summary>
    /// Adds to <paramref name="medications"/> the classes that its ingredients belong to, so that <c>simvastatin</c> yields
    /// <c>simvastatin</c> and <c>statin</c>. Names outside the classes pass unchanged.
    /// </summary>
    /// <param name="medications">Canonical names of ingredients or classes.</param>
    /// <returns>A new set, ordinal.</returns>
    public static IReadOnlySet<string> WithClasses(IEnumerable<string> medications)
    {
        ArgumentNullException.ThrowIfNull(medications);

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var medication in medications)
        {
            names.Add(medication);
            if (ClassesOf.TryGetValue(medication, out var classes))
                names.UnionWith(classes);
        }

        return names;
    }

    /// <summary>Whether <paramref name="active"/> holds <paramref name="name"/>, or an ingredient of the class of that name.</summary>
    internal static bool Takes(IReadOnlySet<string> active, string name)
    {
        if (active.Contains(name))
            return true;
        if (active.Count == 0 || !Members.TryGetValue(name, out var members))
            return false;

        // The few medications of a patient are looked up among the many of a class, where they can be walked through without an allocation.
        if (active is HashSet<string> few && few.Count < members.Count)
        {
            foreach (var medication in few)
                if (members.Contains(medication))
                    return true;

            return false;
        }

        foreach (var member in members)
            if (active.Contains(member))
                return true;

        return false;
    }
}
