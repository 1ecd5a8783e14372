using DrugResponse.Pharmacogenomics.Medications;

namespace DrugResponse.Pharmacogenomics.Tests.Medications;

public class MedicationResolverTests
{
    [Theory]
    [InlineData("warfarin sodium", "warfarin")]
    [InlineData("Coumadin", "warfarin")]
    [InlineData("WARFARIN", "warfarin")]
    [InlineData("rifampicin", "rifampin")]
    [InlineData("paracetamol", "acetaminophen")]
    [InlineData("metoprolol succinate", "metoprolol")]
    [InlineData("Toprol-XL", "metoprolol")]
    [InlineData("clopidogrel bisulfate", "clopidogrel")]
    [InlineData("diltiazem hydrochloride monohydrate", "diltiazem")]
    [InlineData("st johns wort", "St. John's wort")]
    [InlineData("divalproex sodium", "divalproex sodium")]
    [InlineData("HMG-CoA reductase inhibitors", "statin")]
    [InlineData("Macrolides", "macrolide antibiotic")]
    [InlineData("sulfonamide antibiotic", "sulfonamide antibiotic")]
    [InlineData("Azole antifungal", "azole antifungal")]
    [InlineData("NSAIDs", "nsaid")]
    [InlineData("coxib", "coxib")]
    [InlineData("SSRIs", "ssri")]
    [InlineData("SNRI", "ssri or snri")]
    [InlineData("water pill", "diuretic")]
    [InlineData("penicillin", "penicillin antibiotic")]
    [InlineData("Adderall", "amphetamine / dextroamphetamine")]
    [InlineData("diamorphine hydrochloride", "heroin")]
    [InlineData("inhaled anesthetic", "volatile anaesthetic")]
    public void A_drug_is_known_by_salt_brand_synonym_and_class(string text, string name)
    {
        var resolution = MedicationResolver.Resolve(new MedicationEntry { Drug = text });

        Assert.Equal([name], resolution.Substances.Select(s => s.Name));
        Assert.Empty(resolution.Warnings);
    }

    [Fact]
    public void A_fixed_combination_yields_itself_and_its_parts()
    {
        var resolution = MedicationResolver.Resolve(new MedicationEntry { Drug = "Bactrim" });

        Assert.Equal(["sulfamethoxazole / trimethoprim", "sulfamethoxazole", "trimethoprim"], resolution.Names);
    }

    [Fact]
    public void A_combination_written_out_yields_its_parts()
    {
        var resolution = MedicationResolver.Resolve(new MedicationEntry { Drug = "losartan + hydrochlorothiazide" });

        Assert.Equal(["losartan", "hydrochlorothiazide"], resolution.Names);
    }

    [Theory]
    [InlineData("36567", "simvastatin")]
    [InlineData("11289", "warfarin")]
    [InlineData("6916", "metolazone")]
    public void A_drug_is_known_by_rx_norm(string code, string name)
    {
        Assert.Equal([name], MedicationResolver.Resolve(new MedicationEntry { RxNorm = code }).Names);
    }

    [Theory]
    [InlineData("B01AA03", "warfarin")]
    [InlineData("c10aa", "statin")]
    [InlineData("C10AA99", "statin")]
    [InlineData("N06AB99", "ssri")]
    [InlineData("M01AH99", "coxib")]
    [InlineData("M01AE99", "nsaid")]
    public void A_drug_is_known_by_atc_and_an_unknown_one_by_its_group(string code, string name)
    {
        Assert.Equal([name], MedicationResolver.Resolve(new MedicationEntry { Atc = code }).Names);
    }

    [Fact]
    public void An_unknown_drug_is_reported()
    {
        var resolution = MedicationResolver.Resolve(new MedicationEntry { Drug = "Unobtainium 5", RxNorm = "1" });

        Assert.False(resolution.IsRecognised);
        Assert.Equal(["/drug", "/rxNorm"], resolution.Warnings.Select(w => w.Path));
    }

    [Fact]
    public void Every_name_of_the_catalogue_leads_back_to_its_substance()
    {
        Assert.All(SubstanceCatalogue.Default.All, s => Assert.All(
            s.OtherNames.Prepend(s.Name), n => Assert.Same(s, SubstanceCatalogue.Default.FindByName(n))));
    }
}
