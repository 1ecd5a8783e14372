using DrugResponse.Pharmacogenomics.Medications;
using DrugResponse.Pharmacogenomics.Phenoconversion;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Tests.Features;

public class MedicationNamesTests
{
    /// <summary>The drugs of the evidence tables.</summary>
    public static TheoryData<string> ModelledDrugs { get; } =
    [
        "abacavir", "allopurinol", "amitriptyline", "atazanavir", "atomoxetine", "atorvastatin", "azathioprine", "capecitabine",
        "carbamazepine", "celecoxib", "citalopram", "clopidogrel", "codeine", "desflurane", "efavirenz", "escitalopram", "fluorouracil",
        "ibuprofen", "irinotecan", "isoflurane", "lansoprazole", "mercaptopurine", "metoprolol", "nortriptyline", "omeprazole",
        "ondansetron", "oxcarbazepine", "paroxetine", "phenytoin", "rasburicase", "rosuvastatin", "sertraline", "sevoflurane",
        "simvastatin", "siponimod", "succinylcholine", "tacrolimus", "tamoxifen", "tramadol", "voriconazole", "warfarin",
    ];

    public static TheoryData<string> Classes { get; } = [.. MedicationNames.Members.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(ModelledDrugs))]
    public void Every_modelled_drug_is_known_by_name(string drug)
    {
        Assert.Equal([drug], MedicationResolver.Resolve(new MedicationEntry { Drug = drug }).Names);
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Every_member_of_a_class_is_the_canonical_name_of_a_drug_or_a_class(string name)
    {
        Assert.All(MedicationNames.Members[name], member =>
        {
            if (MedicationNames.Members.ContainsKey(member) && SubstanceCatalogue.Default.FindByName(member) is null)
                return;
            Assert.Equal(member, SubstanceCatalogue.Default.FindByName(member)?.Name);
        });
    }

    [Theory]
    [InlineData(MedicationNames.Antibiotic, "ceftriaxone")]
    [InlineData(MedicationNames.Antibiotic, MedicationNames.MacrolideAntibiotic)]
    [InlineData(MedicationNames.Antidepressant, "citalopram")]
    [InlineData(MedicationNames.Antidepressant, MedicationNames.Ssri)]
    [InlineData(MedicationNames.Antiepileptic, "phenytoin")]
    [InlineData(MedicationNames.Diuretic, "furosemide")]
    [InlineData(MedicationNames.Nsaid, "celecoxib")]
    [InlineData(MedicationNames.SsriOrSnri, "sertraline")]
    public void A_class_holds_the_members_of_the_classes_within_it(string name, string member)
    {
        Assert.Contains(member, (IEnumerable<string>)MedicationNames.Members[name]);
    }

    [Theory]
    [InlineData("itraconazole", true, false)]
    [InlineData("erythromycin", true, false)]
    [InlineData("ritonavir", true, false)]
    [InlineData("diltiazem", false, false)]
    [InlineData("rifampin", false, true)]
    [InlineData("efavirenz", false, false)]
    public void Strong_perpetrators_of_CYP3A4_come_from_the_table(string drug, bool inhibits, bool induces)
    {
        Assert.Equal(inhibits, MedicationNames.Members[MedicationNames.StrongCyp3aInhibitor].Contains(drug));
        Assert.Equal(induces, MedicationNames.Members[MedicationNames.StrongCyp3aInducer].Contains(drug));
    }

    [Fact]
    public void No_drug_inhibits_CYP3A4_both_strongly_and_moderately()
    {
        Assert.Empty(MedicationNames.Members[MedicationNames.StrongCyp3aInhibitor]
            .Intersect(MedicationNames.Members[MedicationNames.ModerateCyp3aInhibitor]));
    }

    [Fact]
    public void Every_strong_combination_of_the_table_holds_a_part_that_is_strong_by_itself()
    {
        var combinations = PerpetratorTable.Default.Drugs
            .Where(static drug => drug is { Target: "CYP3A4", Strength: ModulatorStrength.Strong })
            .Where(static drug => drug.Drug.Contains('/', StringComparison.Ordinal))
            .ToArray();

        Assert.NotEmpty(combinations);
        Assert.All(combinations, static drug => Assert.Contains(
            drug.Drug.Split('/', StringSplitOptions.TrimEntries), MedicationNames.Members[MedicationNames.StrongCyp3aInhibitor].Contains));
    }

    [Fact]
    public void Classes_of_ingredients_are_added_and_other_names_kept()
    {
        var names = MedicationNames.WithClasses(["phenobarbital", "bisoprolol"]);

        Assert.Equal(
            ["anticonvulsant", "barbiturate", "bisoprolol", "enzyme inducer", "phenobarbital"],
            names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_ingredient_is_named_like_a_class()
    {
        Assert.Empty(MedicationNames.Members.Keys.Intersect(MedicationNames.Ingredients));
    }
}
