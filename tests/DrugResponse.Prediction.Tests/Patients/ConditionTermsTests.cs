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
    [InlineData("Child-Pugh B", ConditionNames.Cirrhosis)]
    [InlineData("malignant hyperthermia", ConditionNames.MalignantHyperthermiaHistory)]
    public void A_synonym_stands_for_its_canonical_name(string term, string name) => AssertRead(term, name);

    [Theory]
    [InlineData("neutropenia")]
    [InlineData("relapse")]
    [InlineData("no type 1 diabetes")]
    [InlineData("no hip replacement")]
    [InlineData("ECOG 3: no")]
    [InlineData("motion sickness absent")]
    [InlineData("no grumbling")]
    [InlineData("stroke: maybe")]
    public void A_term_that_says_less_is_not_taken_for_more(string term)
    {
        var reading = Clinic.Read(new PredictionRequest { Conditions = [term] });

        Assert.Empty(reading.Profile.Conditions!);
        Assert.Empty(reading.Profile.AbsentConditions);
        Assert.Equal([WarningCodes.UnknownCondition], reading.Warnings.Select(static warning => warning.Code));
    }

    [Theory]
    [InlineData("no heart failure", ConditionNames.HeartFailure)]
    [InlineData("No history of stroke", ConditionNames.Stroke)]
    [InlineData("not diabetic", ConditionNames.DiabetesMellitus)]
    [InlineData("without cirrhosis", ConditionNames.Cirrhosis)]
    [InlineData("HCV negative", ConditionNames.HepatitisC)]
    [InlineData("MRD-negative", ConditionNames.MinimalResidualDisease)]
    [InlineData("factor V Leiden: no", ConditionNames.FactorVLeiden)]
    [InlineData("Factor V Leiden : negative", ConditionNames.FactorVLeiden)]
    [InlineData("opioid tolerance absent", ConditionNames.OpioidTolerance)]
    [InlineData("H. pylori negative", ConditionNames.HelicobacterPylori)]
    [InlineData("no PONV", ConditionNames.PostoperativeNausea)]
    [InlineData("node-negative", ConditionNames.NodePositive)]
    [InlineData("good adherence", ConditionNames.LowAdherence)]
    [InlineData("ECOG 0", ConditionNames.PoorPerformanceStatus)]
    [InlineData("ECOG 1", ConditionNames.PoorPerformanceStatus)]
    [InlineData("clarithromycin-susceptible", ConditionNames.ClarithromycinResistance)]
    [InlineData("idiopathic epilepsy", ConditionNames.SymptomaticEpilepsy)]
    [InlineData("focal epilepsy", ConditionNames.AbsenceOrMyoclonicEpilepsy)]
    [InlineData("first-line", ConditionNames.LaterLineOfTherapy)]
    [InlineData("opioid-naive", ConditionNames.OpioidTolerance)]
    [InlineData("Grade 2", ConditionNames.TumourGrade3)]
    [InlineData("3 HLA mismatches", ConditionNames.FourOrMoreHlaMismatches)]
    [InlineData("no HLA mismatches", ConditionNames.FourOrMoreHlaMismatches)]
    public void A_term_of_absence_says_that_the_condition_does_not_hold(string term, string name)
    {
        var reading = Clinic.Read(new PredictionRequest { Conditions = [term] });

        Assert.Empty(reading.Profile.Conditions!);
        Assert.Equal([name], reading.Profile.AbsentConditions);
        Assert.Empty(reading.Warnings);
    }

    [Theory]
    [InlineData("stroke: yes", ConditionNames.Stroke)]
    [InlineData("H. pylori: positive", ConditionNames.HelicobacterPylori)]
    [InlineData("type 2 diabetes: present", ConditionNames.DiabetesMellitus)]
    public void An_answer_of_yes_states_the_condition(string term, string name) => AssertRead(term, name);

    [Theory]
    [InlineData("stroke", "no stroke")]
    [InlineData("H. pylori negative", "clarithromycin resistance", "Helicobacter pylori")]
    public void A_condition_that_holds_and_does_not_is_a_fault_of_the_later_entry(params string[] terms)
    {
        var faults = Clinic.FaultsOf(new PredictionRequest { Conditions = terms });

        var (path, messages) = Assert.Single(faults);
        Assert.Equal($"/conditions/{terms.Length - 1}", path);
        Assert.Equal(["Says the opposite of /conditions/0."], messages);
    }

    [Fact]
    public void A_condition_may_be_stated_twice()
    {
        var reading = Clinic.Read(new PredictionRequest { Conditions = ["TIA", "stroke", "no cirrhosis", "cirrhosis: no"] });

        Assert.Equal([ConditionNames.Stroke], reading.Profile.Conditions!);
        Assert.Equal([ConditionNames.Cirrhosis], reading.Profile.AbsentConditions);
    }

    [Fact]
    public void The_denial_of_a_word_is_the_absence_of_its_condition_or_says_nothing()
    {
        Assert.All(FeatureDescriber.Describe().Conditions, static condition => Assert.All(condition.Words, word =>
        {
            var profile = Clinic.Read(new PredictionRequest { Conditions = [$"{word}: no"] }).Profile;

            Assert.Empty(profile.Conditions!);
            Assert.Subset(new HashSet<string> { condition.Name }, profile.AbsentConditions.ToHashSet());
        }));
    }

    [Fact]
    public void Every_word_of_absence_says_so_of_its_own_condition()
    {
        Assert.All(FeatureDescriber.Describe().Conditions, static condition => Assert.All(condition.AbsenceWords, word =>
            Assert.Equal([condition.Name], Clinic.Read(new PredictionRequest { Conditions = [word] }).Profile.AbsentConditions)));
    }

    [Fact]
    public void A_term_that_is_not_known_is_reported_and_left_out()
    {
        var reading = Clinic.Read(new PredictionRequest { Conditions = ["stroke", "grumbling", "no humours"] });

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
