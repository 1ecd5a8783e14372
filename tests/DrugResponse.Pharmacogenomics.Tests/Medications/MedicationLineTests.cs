using DrugResponse.Pharmacogenomics.Medications;

namespace DrugResponse.Pharmacogenomics.Tests.Medications;

public class MedicationLineTests
{
    private static MedicationResolution Resolve(string text) => MedicationResolver.Resolve(new MedicationEntry { Text = text });

    [Theory]
    [InlineData("metoprolol succinate ER 50 mg po bid", "metoprolol", "50 mg", "ER", null, "oral", "twice-daily", 2)]
    [InlineData("Simvastatin 20mg tab, take 1 tablet by mouth at bedtime", "simvastatin", "20 mg", null, "tablet", "oral", "at-bedtime", 1)]
    [InlineData("WARFARIN SODIUM 5 MG PO QD", "warfarin", "5 mg", null, null, "oral", "once-daily", 1)]
    [InlineData("Coumadin 2.5 mg daily", "warfarin", "2.5 mg", null, null, null, "once-daily", 1)]
    [InlineData("amoxicillin-clavulanate 875-125 mg q12h x 10 days", "amoxicillin / clavulanate", "875/125 mg", null, null, null, "every-12-hours", 2)]
    [InlineData("hydrocodone/acetaminophen 5/325 mg 1-2 tabs po q4-6h prn", "hydrocodone / acetaminophen", "5/325 mg", null, "tablet", "oral", "every-4-6-hours", 6)]
    [InlineData("levothyroxine 100 mcg qam", "levothyroxine", "100 mcg", null, null, null, "every-morning", 1)]
    [InlineData("heparin 5,000 units SC q8h", "heparin", "5000 unit", null, null, "subcutaneous", "every-8-hours", 3)]
    [InlineData("methotrexate 15 mg weekly", "methotrexate", "15 mg", null, null, null, "weekly", 0.142857)]
    [InlineData("Toprol XL 100 mg p.o. daily", "metoprolol", "100 mg", null, null, "oral", "once-daily", 1)]
    [InlineData("omeprazole DR capsule 40 mg b.i.d.", "omeprazole", "40 mg", "DR", "capsule", null, "twice-daily", 2)]
    [InlineData("Bactrim DS 800-160 mg tablet every 12 hours", "sulfamethoxazole / trimethoprim", "800/160 mg", null, "tablet", null, "every-12-hours", 2)]
    public void A_pharmacy_line_is_taken_apart(
        string text, string drug, string strength, string? release, string? form, string? route, string? frequency, double perDay)
    {
        var resolution = Resolve(text);

        var line = resolution.Line!;
        Assert.Equal(drug, Assert.Single(resolution.Substances).Name);
        Assert.Equal(strength, Assert.Single(line.Strengths).ToString());
        Assert.Equal(release, line.Release);
        Assert.Equal(form, line.DoseForm);
        Assert.Equal(route, line.Route);
        Assert.Equal(frequency, line.Frequency);
        Assert.Equal((decimal)perDay, line.TimesPerDay);
    }

    [Fact]
    public void Quantity_duration_and_as_needed_are_read()
    {
        var line = Resolve("tramadol 50 mg take 1-2 tablets po q6h prn for 7 days").Line!;

        Assert.Equal("1-2", line.Quantity);
        Assert.Equal(7, line.DurationDays);
        Assert.True(line.IsAsNeeded);
        Assert.Empty(line.NotUnderstood);
    }

    [Fact]
    public void What_is_not_understood_is_given_back()
    {
        var resolution = Resolve("clopidogrel 75 mg daily zebra crossing");

        Assert.Equal(["zebra", "crossing"], resolution.Line!.NotUnderstood);
        Assert.Equal(WarningCodes.NotUnderstood, Assert.Single(resolution.Warnings).Code);
        Assert.True(resolution.IsRecognised);
    }

    [Fact]
    public void A_line_without_a_known_drug_is_reported()
    {
        var resolution = Resolve("unobtainium 5 mg po daily");

        Assert.False(resolution.IsRecognised);
        Assert.Equal(("/text", WarningCodes.UnknownDrug), (resolution.Warnings[0].Path, resolution.Warnings[0].Code));
    }

    [Fact]
    public void Several_drugs_on_a_line_are_all_used()
    {
        var resolution = Resolve("aspirin 81 mg and clopidogrel 75 mg daily");

        Assert.Equal(["aspirin", "clopidogrel"], resolution.Names);
        Assert.Contains(resolution.Warnings, w => w.Code == WarningCodes.SeveralDrugs);
    }

    [Fact]
    public void An_allergy_is_not_a_medication()
    {
        var resolution = Resolve("allergic to sulfamethoxazole");

        Assert.False(resolution.IsRecognised);
        Assert.Equal(WarningCodes.NotAMedication, Assert.Single(resolution.Warnings).Code);
    }

    [Theory]
    [InlineData("warfarin 5 mg daily (discontinued)")]
    [InlineData("stopped warfarin")]
    public void A_line_may_say_that_the_drug_was_stopped(string text)
    {
        var resolution = Resolve(text);

        Assert.True(resolution.Line!.SaysStopped);
        Assert.Equal(["warfarin"], resolution.Names);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("1 2 3 / - q h")]
    [InlineData("q0h every 0 days 99999999999999999999 mg")]
    public void No_text_makes_the_parser_fail(string text)
    {
        Assert.False(Resolve(text).IsRecognised);
    }

    [Theory]
    [InlineData("on a statin", "statin")]
    [InlineData("macrolide antibiotic for 5 days", "macrolide antibiotic")]
    public void A_line_may_name_a_class(string text, string name)
    {
        Assert.Equal([name], Resolve(text).Names);
    }
}
