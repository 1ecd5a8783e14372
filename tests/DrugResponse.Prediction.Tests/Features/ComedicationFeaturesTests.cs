using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Features;

/// <summary>Flags for comedication: set by the drugs that belong to them, 0 for others, unknown without a list.</summary>
public sealed class ComedicationFeaturesTests
{
    [Theory]
    [InlineData("ssri", "sertraline", "venlafaxine")]
    [InlineData("ssri", "SSRI", "SNRI")]
    [InlineData("ssriOrSnri", "SSRI", "aspirin")]
    [InlineData("clopidogrel", "Plavix", "ticagrelor")]
    [InlineData("celecoxib", "Celebrex", "etoricoxib")]
    [InlineData("nonSelectiveNsaid", "ibuprofen", "celecoxib")]
    [InlineData("nonSelectiveNsaid", "NSAID", "coxib")]
    [InlineData("vitaminKAntagonist", "warfarin", "apixaban")]
    [InlineData("vitaminKAntagonist", "phenprocoumon", "dabigatran")]
    [InlineData("fluconazole", "Diflucan", "itraconazole")]
    [InlineData("trimethoprimSulfamethoxazole", "Bactrim", "trimethoprim")]
    [InlineData("strongCyp3aInhibitor", "clarithromycin", "azithromycin")]
    [InlineData("strongCyp3aInhibitor", "erythromycin", "diltiazem")]
    [InlineData("strongCyp3aInducer", "rifampicin", "efavirenz")]
    [InlineData("verapamilOrDiltiazem", "verapamil", "amlodipine")]
    [InlineData("verapamilOrDiltiazem", "diltiazem", "metoprolol")]
    [InlineData("benzodiazepine", "temazepam", "zolpidem")]
    [InlineData("gabapentinoid", "pregabalin", "lamotrigine")]
    [InlineData("anticholinergic", "oxybutynin", "metoprolol")]
    [InlineData("qtProlongingDrug", "haloperidol", "sertraline")]
    [InlineData("aminosalicylate", "mesalamine", "aspirin")]
    [InlineData("brivudine", "brivudine", "acyclovir")]
    [InlineData("diuretic", "Lasix", "lisinopril")]
    [InlineData("diuretic", "indapamide", "amlodipine")]
    [InlineData("diuretic", "Zestoretic", "losartan")]
    [InlineData("diuretic", "thiazide", "statin")]
    [InlineData("ondansetron", "Zofran", "palonosetron")]
    [InlineData("omeprazole", "omeprazole", "esomeprazole")]
    [InlineData("antibioticLastMonth", "amoxicillin", "acyclovir")]
    [InlineData("antibioticLastMonth", "penicillin", "fluconazole")]
    [InlineData("oxaliplatinOrIrinotecan", "oxaliplatin", "cisplatin")]
    [InlineData("oxaliplatinOrIrinotecan", "irinotecan", "leucovorin")]
    [InlineData("volatileAnaesthetic", "sevoflurane", "propofol")]
    [InlineData("succinylcholine", "suxamethonium", "rocuronium")]
    [InlineData("opioid", "oxycodone", "naloxone")]
    [InlineData("allopurinolOrFebuxostat", "febuxostat", "colchicine")]
    [InlineData("allopurinolOrFebuxostat", "Zyloprim", "probenecid")]
    [InlineData("cyclosporine", "ciclosporin", "tacrolimus")]
    [InlineData("valproate", "valproic acid", "lamotrigine")]
    [InlineData("valproate", "Depakote", "levetiracetam")]
    [InlineData("moderateCyp3aInhibitor", "diltiazem", "clarithromycin")]
    [InlineData("moderateCyp3aInhibitor", "fluconazole", "erythromycin")]
    public void A_flag_is_set_by_its_drugs_only(string feature, string drug, string otherDrug)
    {
        Assert.Equal(1, Taking(drug).ValueOf(feature));
        Assert.Equal(0, Taking(otherDrug).ValueOf(feature));
        Assert.Equal(0, Taking().ValueOf(feature));
        Assert.Equal(float.NaN, new PatientProfile().ValueOf(feature));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("aspirin", 1)]
    [InlineData("clopidogrel", 2)]
    [InlineData("aspirin clopidogrel", 3)]
    [InlineData("ticagrelor", 0)]
    public void Antiplatelet_therapy_tells_one_from_both(string drugs, float level)
    {
        Assert.Equal(level, Taking(drugs == "0" ? [] : drugs.Split(' ')).ValueOf("antiplateletTherapy"));
        Assert.Equal(float.NaN, new PatientProfile().ValueOf("antiplateletTherapy"));
    }

    [Fact]
    public void Trimethoprim_and_sulfamethoxazole_may_be_listed_apart()
    {
        Assert.Equal(1, Taking("trimethoprim", "sulfamethoxazole").ValueOf("trimethoprimSulfamethoxazole"));
    }

    [Fact]
    public void Both_a_coxib_and_another_are_non_selective_too()
    {
        Assert.Equal(1, Taking("celecoxib", "naproxen").ValueOf("nonSelectiveNsaid"));
        Assert.Equal(0, (Taking() with { ActiveMedications = MedicationNames.WithClasses(["celecoxib"]) }).ValueOf("nonSelectiveNsaid"));
    }

    [Theory]
    [InlineData("brivudine", "brivudine", -28, 1)]
    [InlineData("brivudine", "brivudine", -31, 0)]
    [InlineData("antibioticLastMonth", "doxycycline", -30, 1)]
    [InlineData("antibioticLastMonth", "doxycycline", -31, 0)]
    public void What_was_stopped_of_late_counts_where_that_matters(string feature, string drug, int stopped, float expected)
    {
        var profile = Clinic.Read(new PredictionRequest
        {
            Medications = [new Medication { Drug = drug, Stopped = Clinic.Today.AddDays(stopped) }],
        }).Profile;

        Assert.Equal(expected, profile.ValueOf(feature));
    }

    [Theory]
    [InlineData("rocuronium", "", 1)]
    [InlineData("succinylcholine", "", 1)]
    [InlineData("rocuronium", null, 1)]
    [InlineData("rocuronium", ConditionNames.CaesareanSection, 2)]
    [InlineData(null, ConditionNames.CaesareanSection, 2)]
    [InlineData("", ConditionNames.CaesareanSection, 2)]
    [InlineData("", "", 0)]
    [InlineData("", null, float.NaN)]
    [InlineData(null, "", float.NaN)]
    [InlineData(null, null, float.NaN)]
    public void Caesarean_section_goes_before_muscle_relaxants(string? drug, string? condition, float level)
    {
        var profile = new PatientProfile { ActiveMedications = SetOf(drug), Conditions = SetOf(condition) };

        Assert.Equal(level, profile.ValueOf("neuromuscularBlockadeOrCaesarean"));
    }

    private static PatientProfile Taking(params string[] drugs) =>
        Clinic.Read(new PredictionRequest { Medications = [.. drugs.Select(static drug => new Medication { Drug = drug })] }).Profile;

    private static HashSet<string>? SetOf(string? name) => name is null ? null : name.Length == 0 ? [] : [name];
}
