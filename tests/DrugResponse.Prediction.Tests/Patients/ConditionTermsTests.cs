using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Patients;

public sealed class ConditionTermsTests
{
    public static TheoryData<string> CanonicalNames { get; } = [.. ConditionNames.All.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(CanonicalNames))]
    public void A_canonical_name_stands_for_itself(string name) => AssertRead(name, name);

    [Theory]
    [InlineData("Type 2 Diabetes", ConditionNames.DiabetesMellitus)]
    [InlineData("CHF", ConditionNames.HeartFailure)]
    [InlineData("dilated cardiomyopathy", ConditionNames.Cardiomyopathy)]
    [InlineData("mechanical heart valve", ConditionNames.HeartValveReplacement)]
    [InlineData("valvular heart disease", ConditionNames.HeartValveDisease)]
    [InlineData("DVT", ConditionNames.DeepVeinThrombosis)]
    [InlineData("pe", ConditionNames.PulmonaryEmbolism)]
    [InlineData("VTE", ConditionNames.VenousThromboembolism)]
    [InlineData("AFib", ConditionNames.AtrialFibrillation)]
    [InlineData("transient ischemic attack", ConditionNames.Stroke)]
    [InlineData("hip replacement", ConditionNames.OrthopaedicSurgery)]
    [InlineData(" heart failure ", ConditionNames.HeartFailure)]
    [InlineData("Heart-Failure", ConditionNames.HeartFailure)]
    [InlineData("ECOG 2", ConditionNames.PoorPerformanceStatus)]
    [InlineData("H. pylori", ConditionNames.HelicobacterPylori)]
    [InlineData("previous heart attack", ConditionNames.MyocardialInfarction)]
    [InlineData("Crohn's disease", ConditionNames.CrohnDisease)]
    [InlineData("Crohn’s disease", ConditionNames.CrohnDisease)]
    [InlineData("C-section", ConditionNames.CaesareanSection)]
    [InlineData("high blood pressure", ConditionNames.Hypertension)]
    [InlineData("COPD", ConditionNames.LungDisease)]
    [InlineData("HCV", ConditionNames.HepatitisC)]
    [InlineData("PONV", ConditionNames.PostoperativeNausea)]
    [InlineData("dialysis", ConditionNames.RenalFailure)]
    [InlineData("GI bleeding", ConditionNames.MajorBleeding)]
    [InlineData("second-line therapy", ConditionNames.LaterLineOfTherapy)]
    [InlineData("MRD", ConditionNames.MinimalResidualDisease)]
    [InlineData("impaired fasting glucose", ConditionNames.Prediabetes)]
    [InlineData("Juvenile Myoclonic Epilepsy", ConditionNames.AbsenceOrMyoclonicEpilepsy)]
    [InlineData("major depressive disorder", ConditionNames.PsychiatricDisorder)]
    [InlineData("4 HLA mismatches", ConditionNames.FourOrMoreHlaMismatches)]
    [InlineData("tumor over 2 cm", ConditionNames.TumourOver20mm)]
    [InlineData("malignant hyperthermia", ConditionNames.MalignantHyperthermiaHistory)]
    public void A_synonym_stands_for_its_canonical_name(string term, string name) => AssertRead(term, name);

    [Theory]
    [InlineData("neutropenia")]
    [InlineData("ECOG 1")]
    [InlineData("relapse")]
    public void A_term_that_says_less_is_not_taken_for_more(string term)
    {
        Assert.Empty(Clinic.Read(new PredictionRequest { Conditions = [term] }).Profile.Conditions!);
    }

    [Fact]
    public void A_term_that_is_not_known_is_reported_and_left_out()
    {
        var reading = Clinic.Read(new PredictionRequest { Conditions = ["stroke", "grumbling", "no heart failure"] });

        Assert.Equal([ConditionNames.Stroke], reading.Profile.Conditions!);
        Assert.Equal(
            [(WarningCodes.UnknownCondition, "/conditions/1"), (WarningCodes.UnknownCondition, "/conditions/2")],
            reading.Warnings.Select(static warning => (warning.Code, warning.Path!)));
    }

    [Fact]
    public void No_list_is_unknown_and_an_empty_one_says_none()
    {
        Assert.Null(Clinic.Read(new PredictionRequest()).Profile.Conditions);
        Assert.Empty(Clinic.Read(new PredictionRequest { Conditions = [] }).Profile.Conditions!);
    }

    private static void AssertRead(string term, string name)
    {
        var reading = Clinic.Read(new PredictionRequest { Conditions = [term] });

        Assert.Equal([name], reading.Profile.Conditions!);
        Assert.Empty(reading.Warnings);
    }
}
