using System.Collections.Frozen;

namespace DrugResponse.Prediction.Features;

/// <summary>
/// The canonical names of drug classes that features are computed from, and the ingredients that belong to each.
/// Ingredient names are the lower-case ones of RxNorm and CPIC (<c>rifampin</c>, <c>acetaminophen</c>). Whoever reads a
/// request maps brands, salts and synonyms to these; <see cref="PatientProfile.ActiveMedications"/> may hold ingredients,
/// classes (where a record names only the class) or both.
/// </summary>
public static class MedicationNames
{
    /// <summary>Oral antiplatelet drugs other than aspirin.</summary>
    public const string Antiplatelet = "antiplatelet";

    /// <summary>Azole antifungals given by mouth or vein; they inhibit CYP2C9 or CYP3A4.</summary>
    public const string AzoleAntifungal = "azole antifungal";

    /// <summary>Barbiturates and primidone, which is metabolised to phenobarbital.</summary>
    public const string Barbiturate = "barbiturate";

    /// <summary>Corticosteroids given by mouth or vein.</summary>
    public const string Corticosteroid = "corticosteroid";

    /// <summary>
    /// Drugs that induce warfarin's metabolism: carbamazepine, phenytoin and rifampin as in the IWPC algorithms
    /// (N Engl J Med 2009;360:753-64), and their close relatives.
    /// </summary>
    public const string EnzymeInducer = "enzyme inducer";

    /// <summary>Fibric acid derivatives.</summary>
    public const string Fibrate = "fibrate";

    /// <summary>Fluoroquinolone antibiotics.</summary>
    public const string Fluoroquinolone = "fluoroquinolone antibiotic";

    /// <summary>Herbal products and vitamin supplements other than vitamin K.</summary>
    public const string HerbalOrVitaminSupplement = "herbal or vitamin supplement";

    /// <summary>Loop diuretics.</summary>
    public const string LoopDiuretic = "loop diuretic";

    /// <summary>Macrolide antibiotics.</summary>
    public const string MacrolideAntibiotic = "macrolide antibiotic";

    /// <summary>Non-steroidal anti-inflammatory drugs including coxibs, without aspirin.</summary>
    public const string Nsaid = "nsaid";

    /// <summary>Proton pump inhibitors.</summary>
    public const string ProtonPumpInhibitor = "proton pump inhibitor";

    /// <summary>Selective serotonin (and noradrenaline) reuptake inhibitors.</summary>
    public const string SsriOrSnri = "ssri or snri";

    /// <summary>HMG-CoA reductase inhibitors.</summary>
    public const string Statin = "statin";

    /// <summary>Sulfonamide antibiotics, alone or with trimethoprim.</summary>
    public const string SulfonamideAntibiotic = "sulfonamide antibiotic";

    /// <summary>Azathioprine, mercaptopurine and thioguanine.</summary>
    public const string Thiopurine = "thiopurine";

    /// <summary>Thyroid hormones.</summary>
    public const string ThyroidHormone = "thyroid hormone";

    /// <summary>Vitamin K as a drug.</summary>
    public const string VitaminK = "vitamin k";

    /// <summary>The ingredients of every class, by class name.</summary>
    public static FrozenDictionary<string, FrozenSet<string>> Members { get; } = new Dictionary<string, FrozenSet<string>>
    {
        [Antiplatelet] = Set("clopidogrel", "prasugrel", "ticagrelor", "ticlopidine", "dipyridamole", "cilostazol"),
        [AzoleAntifungal] = Set("fluconazole", "itraconazole", "ketoconazole", "miconazole", "voriconazole", "posaconazole",
            "isavuconazole"),
        [Barbiturate] = Set("phenobarbital", "primidone", "butalbital", "secobarbital", "pentobarbital", "mephobarbital"),
        [Corticosteroid] = Set("prednisone", "prednisolone", "methylprednisolone", "dexamethasone", "hydrocortisone", "cortisone",
            "betamethasone", "fludrocortisone", "deflazacort"),
        [EnzymeInducer] = Set("carbamazepine", "phenytoin", "fosphenytoin", "rifampin", "rifapentine", "phenobarbital", "primidone"),
        [Fibrate] = Set("gemfibrozil", "fenofibrate", "fenofibric acid", "bezafibrate", "ciprofibrate", "clofibrate"),
        [Fluoroquinolone] = Set("ciprofloxacin", "levofloxacin", "moxifloxacin", "ofloxacin", "norfloxacin", "gatifloxacin",
            "gemifloxacin", "enoxacin"),
        [HerbalOrVitaminSupplement] = Set("multivitamin", "vitamin a", "vitamin b complex", "vitamin c", "vitamin d", "vitamin e",
            "cyanocobalamin", "folic acid", "pyridoxine", "thiamine", "niacin", "garlic", "ginkgo", "ginseng", "glucosamine",
            "chondroitin", "fish oil", "coenzyme q10", "echinacea", "saw palmetto", "St. John's wort", "curcumin", "goldenseal"),
        [LoopDiuretic] = Set("furosemide", "bumetanide", "torsemide", "ethacrynic acid"),
        [MacrolideAntibiotic] = Set("erythromycin", "clarithromycin", "azithromycin", "roxithromycin", "telithromycin"),
        [Nsaid] = Set("ibuprofen", "naproxen", "diclofenac", "indomethacin", "ketorolac", "ketoprofen", "piroxicam", "meloxicam",
            "nabumetone", "etodolac", "sulindac", "oxaprozin", "flurbiprofen", "salsalate", "diflunisal", "celecoxib", "rofecoxib",
            "valdecoxib", "etoricoxib", "aceclofenac", "lornoxicam", "tenoxicam"),
        [ProtonPumpInhibitor] = Set("omeprazole", "esomeprazole", "lansoprazole", "dexlansoprazole", "pantoprazole", "rabeprazole"),
        [SsriOrSnri] = Set("fluoxetine", "paroxetine", "sertraline", "citalopram", "escitalopram", "fluvoxamine", "venlafaxine",
            "desvenlafaxine", "duloxetine", "milnacipran", "levomilnacipran"),
        [Statin] = Set("simvastatin", "atorvastatin", "fluvastatin", "lovastatin", "pravastatin", "rosuvastatin", "cerivastatin",
            "pitavastatin"),
        [SulfonamideAntibiotic] = Set("sulfamethoxazole / trimethoprim", "sulfamethoxazole", "sulfadiazine", "sulfisoxazole"),
        [Thiopurine] = Set("azathioprine", "mercaptopurine", "thioguanine"),
        [ThyroidHormone] = Set("levothyroxine", "liothyronine", "liotrix", "thyroid"),
        [VitaminK] = Set("phytonadione", "menadione"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Ingredients that have a feature of their own, whether or not they belong to a class as well.</summary>
    public static FrozenSet<string> Ingredients { get; } = Members.Values.SelectMany(static members => members)
        .Concat(["amiodarone", "aspirin", "acetaminophen", "metronidazole", "allopurinol", "propafenone", "digoxin"])
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// Adds to <paramref name="medications"/> the classes that its ingredients belong to, so that <c>simvastatin</c> yields
    /// <c>simvastatin</c> and <c>statin</c>. Names outside the classes pass unchanged.
    /// </summary>
    /// <param name="medications">Canonical names of ingredients or classes.</param>
    /// <returns>A new set, ordinal.</returns>
    public static IReadOnlySet<string> WithClasses(IEnumerable<string> medications)
    {
        ArgumentNullException.ThrowIfNull(medications);

        var names = new HashSet<string>(medications, StringComparer.Ordinal);
        foreach (var (className, members) in Members)
            if (names.Overlaps(members))
                names.Add(className);

        return names;
    }

    /// <summary>Whether <paramref name="active"/> holds <paramref name="name"/>, or an ingredient of the class of that name.</summary>
    internal static bool Takes(IReadOnlySet<string> active, string name)
    {
        if (active.Contains(name))
            return true;
        if (active.Count == 0 || !Members.TryGetValue(name, out var members))
            return false;

        foreach (var member in members)
            if (active.Contains(member))
                return true;

        return false;
    }

    private static FrozenSet<string> Set(params string[] ingredients) => ingredients.ToFrozenSet(StringComparer.Ordinal);
}
