using System.Collections.Frozen;
using DrugResponse.Pharmacogenomics.Phenoconversion;

namespace DrugResponse.Prediction.Features;

public static partial class MedicationNames
{
    private const string Erythromycin = "erythromycin";

    // A member may be a class, of which a record can name the members or the class; its own members then count too.
    private static readonly Dictionary<string, string[]> Listed = new(StringComparer.Ordinal)
    {
        [Aminoglycoside] =
        [
            "amikacin", "dibekacin", "gentamicin", "kanamycin", "neomycin", "netilmicin", "paromomycin", "plazomicin", "streptomycin",
            "tobramycin",
        ],
        [Aminosalicylate] = ["balsalazide", "mesalazine", "olsalazine", "sulfasalazine"],
        [Antibiotic] =
        [
            Aminoglycoside, Cephalosporin, Fluoroquinolone, MacrolideAntibiotic, Penicillin, SulfonamideAntibiotic, "aztreonam",
            "chloramphenicol", "clindamycin", "colistin", "daptomycin", "doxycycline", "ertapenem", "fosfomycin", "imipenem / cilastatin",
            "lefamulin", "linezolid", "meropenem", "metronidazole", "minocycline", "nitrofurantoin", "rifaximin", "teicoplanin",
            "tetracycline", "tigecycline", "trimethoprim", "vancomycin",
        ],
        [Anticholinergic] =
        [
            "amitriptyline", "amoxapine", "atropine", "benztropine", "brompheniramine", "carbinoxamine", "chlorpheniramine",
            "chlorpromazine", "clemastine", "clomipramine", "clozapine", "darifenacin", "desipramine", "dicyclomine", "dimenhydrinate",
            "diphenhydramine", "doxepin", "doxylamine", "fesoterodine", "flavoxate", "hydroxyzine", "hyoscyamine", "imipramine",
            "meclizine", "methocarbamol", "nortriptyline", "olanzapine", "orphenadrine", "oxybutynin", "paroxetine", "perphenazine",
            "promethazine", "propantheline", "propiverine", "quetiapine", "scopolamine", "solifenacin", "thioridazine", "tolterodine",
            "trifluoperazine", "trihexyphenidyl", "trimipramine", "trospium",
        ],
        [Antidepressant] =
        [
            Ssri, SsriOrSnri, TricyclicAntidepressant, "agomelatine", "bupropion", "esketamine", "isocarboxazid", "maprotiline",
            "mianserin", "mirtazapine", "moclobemide", "nefazodone", "phenelzine", "reboxetine", "tianeptine", "tranylcypromine",
            "trazodone", "vilazodone", "vortioxetine",
        ],
        [Antiepileptic] =
        [
            AromaticAntiepileptic, "brivaracetam", "cenobamate", "divalproex sodium", "ethosuximide", "felbamate", "lacosamide",
            "lamotrigine", "levetiracetam", "mephobarbital", "perampanel", "phenobarbital", "primidone", "rufinamide", "stiripentol",
            "sulthiame", "tiagabine", "topiramate", "valproic acid", "vigabatrin", "zonisamide",
        ],
        [Antiplatelet] = ["clopidogrel", "prasugrel", "ticagrelor", "ticlopidine", "dipyridamole", "cilostazol"],
        [AromaticAntiepileptic] = ["carbamazepine", "eslicarbazepine", "fosphenytoin", "oxcarbazepine", "phenytoin"],
        [AzoleAntifungal] = ["fluconazole", "itraconazole", "ketoconazole", "miconazole", "voriconazole", "posaconazole", "isavuconazole"],
        [Barbiturate] = ["phenobarbital", "primidone", "butalbital", "secobarbital", "pentobarbital", "mephobarbital"],
        [Benzodiazepine] =
        [
            "alprazolam", "bromazepam", "chlordiazepoxide", "clobazam", "clonazepam", "clorazepate", "diazepam", "estazolam",
            "flunitrazepam", "flurazepam", "lorazepam", "lormetazepam", "midazolam", "nitrazepam", "oxazepam", "prazepam", "quazepam",
            "temazepam", "tofisopam", "triazolam",
        ],
        [Cephalosporin] =
        [
            "cefaclor", "cefadroxil", "cefazolin", "cefdinir", "cefepime", "cefixime", "cefotaxime", "cefpodoxime", "ceftazidime",
            "ceftriaxone", "cefuroxime", "cephalexin",
        ],
        [Corticosteroid] =
        [
            "prednisone", "prednisolone", "methylprednisolone", "dexamethasone", "hydrocortisone", "cortisone", "betamethasone",
            "fludrocortisone", "deflazacort",
        ],
        [Coxib] = ["celecoxib", "etoricoxib", "lumiracoxib", "parecoxib", "rofecoxib", "valdecoxib"],
        [Diuretic] = [LoopDiuretic, PotassiumSparingDiuretic, ThiazideDiuretic],
        [EnzymeInducer] = ["carbamazepine", "phenytoin", "fosphenytoin", "rifampin", "rifapentine", "phenobarbital", "primidone"],
        [Fibrate] = ["gemfibrozil", "fenofibrate", "fenofibric acid", "bezafibrate", "ciprofibrate", "clofibrate"],
        [Fluoropyrimidine] = ["capecitabine", "fluorouracil", "tegafur"],
        [Fluoroquinolone] =
        [
            "ciprofloxacin", "levofloxacin", "moxifloxacin", "ofloxacin", "norfloxacin", "gatifloxacin", "gemifloxacin", "enoxacin",
        ],
        [Gabapentinoid] = ["gabapentin", "gabapentin enacarbil", "pregabalin"],
        [HerbalOrVitaminSupplement] =
        [
            "multivitamin", "vitamin a", "vitamin b complex", "vitamin c", "vitamin d", "vitamin e", "cyanocobalamin", "folic acid",
            "pyridoxine", "thiamine", "niacin", "garlic", "ginkgo", "ginseng", "glucosamine", "chondroitin", "fish oil", "coenzyme q10",
            "echinacea", "saw palmetto", "St. John's wort", "curcumin", "goldenseal",
        ],
        [LoopDiuretic] = ["furosemide", "bumetanide", "torsemide", "ethacrynic acid"],
        [MacrolideAntibiotic] = [Erythromycin, "clarithromycin", "azithromycin", "roxithromycin", "telithromycin"],
        [ModerateCyp3aInhibitor] =
            [.. Cyp3a4Perpetrators(ModulatorEffect.Inhibitor, ModulatorStrength.Moderate).Where(static drug => drug != Erythromycin)],
        [NeuromuscularBlocker] =
            ["atracurium", "cisatracurium", "mivacurium", "pancuronium", "rocuronium", "succinylcholine", "vecuronium"],
        [Nsaid] =
        [
            Coxib, "ibuprofen", "naproxen", "diclofenac", "indomethacin", "ketorolac", "ketoprofen", "piroxicam", "meloxicam",
            "nabumetone", "etodolac", "sulindac", "oxaprozin", "flurbiprofen", "salsalate", "diflunisal", "aceclofenac", "lornoxicam",
            "tenoxicam", "dexketoprofen",
        ],
        [Opioid] =
        [
            "alfentanil", "buprenorphine", "butorphanol", "codeine", "dihydrocodeine", "fentanyl", "heroin", "hydrocodone", "hydromorphone",
            "levomethadone", "levorphanol", "meperidine", "methadone", "morphine", "nalbuphine", "oliceridine", "oxycodone", "oxymorphone",
            "pentazocine", "piritramide", "remifentanil", "sufentanil", "tapentadol", "tilidine", "tramadol",
        ],
        [Penicillin] =
        [
            "amoxicillin", "ampicillin", "cloxacillin", "dicloxacillin", "flucloxacillin", "nafcillin", "penicillin g", "penicillin v",
            "piperacillin / tazobactam", "pivmecillinam", "ticarcillin",
        ],
        [PotassiumSparingDiuretic] = ["amiloride", "eplerenone", "spironolactone", "triamterene"],
        [ProtonPumpInhibitor] = ["omeprazole", "esomeprazole", "lansoprazole", "dexlansoprazole", "pantoprazole", "rabeprazole"],
        [QtProlonging] =
        [
            "amiodarone", "anagrelide", "arsenic trioxide", "azithromycin", "chloroquine", "chlorpromazine", "cilostazol",
            "ciprofloxacin", "cisapride", "citalopram", "clarithromycin", "cocaine", "disopyramide", "dofetilide", "domperidone",
            "donepezil", "dronedarone", "droperidol", "erythromycin", "escitalopram", "flecainide", "fluconazole", "halofantrine",
            "haloperidol", "hydroxychloroquine", "ibutilide", "levofloxacin", "levomepromazine", "methadone", "moxifloxacin",
            "ondansetron", "oxaliplatin", "papaverine", "pentamidine", "pimozide", "procainamide", "propofol", "quinidine",
            "roxithromycin", "sevoflurane", "sotalol", "sulpiride", "terlipressin", "thioridazine", "vandetanib",
        ],
        [Ssri] = ["citalopram", "escitalopram", "fluoxetine", "fluvoxamine", "paroxetine", "sertraline"],
        [SsriOrSnri] = [Ssri, "venlafaxine", "desvenlafaxine", "duloxetine", "milnacipran", "levomilnacipran"],
        [Statin] =
            ["simvastatin", "atorvastatin", "fluvastatin", "lovastatin", "pravastatin", "rosuvastatin", "cerivastatin", "pitavastatin"],
        [Stimulant] =
        [
            "amphetamine", "dexmethylphenidate", "dextroamphetamine", "lisdexamfetamine", "methamphetamine", "methylphenidate",
        ],
        [StrongCyp3aInducer] = [.. Cyp3a4Perpetrators(ModulatorEffect.Inducer, ModulatorStrength.Strong)],
        [StrongCyp3aInhibitor] = [.. Cyp3a4Perpetrators(ModulatorEffect.Inhibitor, ModulatorStrength.Strong), Erythromycin],
        [SulfonamideAntibiotic] = ["sulfamethoxazole / trimethoprim", "sulfamethoxazole", "sulfadiazine", "sulfisoxazole"],
        [ThiazideDiuretic] =
        [
            "bendroflumethiazide", "chlorothiazide", "chlorthalidone", "hydrochlorothiazide", "indapamide", "metolazone", "xipamide",
        ],
        [Thiopurine] = ["azathioprine", "mercaptopurine", "thioguanine"],
        [ThyroidHormone] = ["levothyroxine", "liothyronine", "liotrix", "thyroid"],
        [TricyclicAntidepressant] =
        [
            "amitriptyline", "amoxapine", "clomipramine", "desipramine", "dosulepin", "doxepin", "imipramine", "lofepramine",
            "nortriptyline", "protriptyline", "trimipramine",
        ],
        [VitaminK] = ["phytonadione", "menadione"],
        [VitaminKAntagonist] = ["acenocoumarol", "fluindione", "phenprocoumon", "warfarin"],
        [VolatileAnaesthetic] = ["desflurane", "enflurane", "halothane", "isoflurane", "methoxyflurane", "sevoflurane"],
    };

    /// <summary>The ingredients of every class by class name, and the classes that lie within it.</summary>
    public static FrozenDictionary<string, FrozenSet<string>> Members { get; } =
        Listed.Keys.ToFrozenDictionary(
            static name => name, static name => MembersOf(name).ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Ingredients that have a feature of their own, whether or not they belong to a class as well.</summary>
    public static FrozenSet<string> Ingredients { get; } = Members.Values.SelectMany(static members => members)
        .Concat(["amiodarone", "aspirin", "acetaminophen", "metronidazole", "allopurinol", "propafenone", "digoxin", "brivudine",
            "cyclosporine", "diltiazem", "febuxostat", "irinotecan", "oxaliplatin", "verapamil"])
        .Except(Members.Keys)
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string[]> ClassesOf = Members
        .SelectMany(static entry => entry.Value.Select(member => (Member: member, Class: entry.Key)))
        .GroupBy(static pair => pair.Member, static pair => pair.Class, StringComparer.Ordinal)
        .ToFrozenDictionary(static classes => classes.Key, static classes => classes.ToArray(), StringComparer.Ordinal);

    private static IEnumerable<string> MembersOf(string className) =>
        Listed[className].SelectMany(static member => Listed.ContainsKey(member) ? MembersOf(member).Prepend(member) : [member]);

    // Every combination of the table holds ritonavir, which is in it by itself.
    private static IEnumerable<string> Cyp3a4Perpetrators(ModulatorEffect effect, ModulatorStrength strength) =>
        PerpetratorTable.Default.Drugs
            .Where(drug => drug.Target == "CYP3A4" && drug.Effect == effect && drug.Strength == strength)
            .Select(static drug => drug.Drug)
            .Where(static drug => !drug.Contains('/', StringComparison.Ordinal));
}
