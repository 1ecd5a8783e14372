using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Features;

/// <summary>Flags for conditions, alone and together with something else.</summary>
public sealed class RiskFactorFeaturesTests
{
    public static TheoryData<string, string> Conditions { get; } = new()
    {
        { "anxiousDepression", ConditionNames.AnxiousDepression },
        { "priorMyocardialInfarction", ConditionNames.MyocardialInfarction },
        { "nodePositive", ConditionNames.NodePositive },
        { "tumourOver20mm", ConditionNames.TumourOver20mm },
        { "tumourGrade3", ConditionNames.TumourGrade3 },
        { "poorPerformanceStatus", ConditionNames.PoorPerformanceStatus },
        { "persistentNeutropenia", ConditionNames.PersistentNeutropenia },
        { "disseminatedInfection", ConditionNames.DisseminatedInfection },
        { "lowAdherence", ConditionNames.LowAdherence },
        { "hepatitisC", ConditionNames.HepatitisC },
        { "helicobacterPylori", ConditionNames.HelicobacterPylori },
        { "helicobacterPylori", ConditionNames.ClarithromycinResistance },
        { "clarithromycinResistance", ConditionNames.ClarithromycinResistance },
        { "priorComplicatedUlcer", ConditionNames.ComplicatedUlcer },
        { "renalFailure", ConditionNames.RenalFailure },
        { "priorMajorBleeding", ConditionNames.MajorBleeding },
        { "psychiatricHistory", ConditionNames.PsychiatricDisorder },
        { "psychiatricHistory", ConditionNames.AnxiousDepression },
        { "symptomaticEpilepsy", ConditionNames.SymptomaticEpilepsy },
        { "absenceOrMyoclonicEpilepsy", ConditionNames.AbsenceOrMyoclonicEpilepsy },
        { "over20SeizuresBeforeTreatment", ConditionNames.Over20Seizures },
        { "recentRelapse", ConditionNames.RecentRelapse },
        { "crohnDisease", ConditionNames.CrohnDisease },
        { "ponvHistory", ConditionNames.PostoperativeNausea },
        { "fourOrMoreHlaMismatches", ConditionNames.FourOrMoreHlaMismatches },
        { "minimalResidualDisease", ConditionNames.MinimalResidualDisease },
        { "opioidTolerance", ConditionNames.OpioidTolerance },
        { "laterLineOfTherapy", ConditionNames.LaterLineOfTherapy },
        { "factorVLeiden", ConditionNames.FactorVLeiden },
        { "cirrhosis", ConditionNames.Cirrhosis },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_condition_sets_its_flag(string feature, string condition)
    {
        Assert.Equal(1, With(condition).ValueOf(feature));
        Assert.Equal(float.NaN, new PatientProfile().ValueOf(feature));
    }

    [Theory]
    [InlineData("priorMyocardialInfarction")]
    [InlineData("hepatitisC")]
    [InlineData("renalFailure")]
    [InlineData("crohnDisease")]
    [InlineData("psychiatricHistory")]
    [InlineData("diabetesMellitus")]
    [InlineData("cirrhosis")]
    public void A_diagnosis_that_a_list_does_not_name_does_not_hold(string feature)
    {
        Assert.Equal(0, With(ConditionNames.OrthopaedicSurgery).ValueOf(feature));
        Assert.Equal(0, With().ValueOf(feature));
    }

    [Theory]
    [InlineData("anxiousDepression", ConditionNames.AnxiousDepression)]
    [InlineData("nodePositive", ConditionNames.NodePositive)]
    [InlineData("tumourOver20mm", ConditionNames.TumourOver20mm)]
    [InlineData("tumourGrade3", ConditionNames.TumourGrade3)]
    [InlineData("poorPerformanceStatus", ConditionNames.PoorPerformanceStatus)]
    [InlineData("persistentNeutropenia", ConditionNames.PersistentNeutropenia)]
    [InlineData("disseminatedInfection", ConditionNames.DisseminatedInfection)]
    [InlineData("lowAdherence", ConditionNames.LowAdherence)]
    [InlineData("helicobacterPylori", ConditionNames.HelicobacterPylori)]
    [InlineData("clarithromycinResistance", ConditionNames.ClarithromycinResistance)]
    [InlineData("symptomaticEpilepsy", ConditionNames.SymptomaticEpilepsy)]
    [InlineData("absenceOrMyoclonicEpilepsy", ConditionNames.AbsenceOrMyoclonicEpilepsy)]
    [InlineData("over20SeizuresBeforeTreatment", ConditionNames.Over20Seizures)]
    [InlineData("recentRelapse", ConditionNames.RecentRelapse)]
    [InlineData("ponvHistory", ConditionNames.PostoperativeNausea)]
    [InlineData("fourOrMoreHlaMismatches", ConditionNames.FourOrMoreHlaMismatches)]
    [InlineData("minimalResidualDisease", ConditionNames.MinimalResidualDisease)]
    [InlineData("opioidTolerance", ConditionNames.OpioidTolerance)]
    [InlineData("laterLineOfTherapy", ConditionNames.LaterLineOfTherapy)]
    [InlineData("factorVLeiden", ConditionNames.FactorVLeiden)]
    public void A_fact_that_no_list_of_problems_holds_is_known_only_when_it_was_stated(string feature, string condition)
    {
        Assert.Contains(condition, (IReadOnlySet<string>)ConditionNames.StatedOnly);
        Assert.Equal(float.NaN, With().ValueOf(feature));
        Assert.Equal(float.NaN, With(ConditionNames.OrthopaedicSurgery).ValueOf(feature));
        Assert.Equal(0, (With() with { AbsentConditions = new HashSet<string> { condition } }).ValueOf(feature));
        Assert.Equal(1, With(condition).ValueOf(feature));
    }

    [Fact]
    public void What_implies_a_condition_says_nothing_by_its_absence()
    {
        var susceptible = With() with { AbsentConditions = new HashSet<string> { ConditionNames.ClarithromycinResistance } };
        var free = With() with { AbsentConditions = new HashSet<string> { ConditionNames.HelicobacterPylori } };

        Assert.Equal(float.NaN, susceptible.ValueOf("helicobacterPylori"));
        Assert.Equal(0, free.ValueOf("helicobacterPylori"));
        Assert.Equal(float.NaN, free.ValueOf("clarithromycinResistance"));
    }

    [Fact]
    public void Of_conditions_that_share_a_flag_all_must_be_absent()
    {
        var oneAbsent = new PatientProfile { AbsentConditions = new HashSet<string> { ConditionNames.HeartFailure } };
        var bothAbsent = oneAbsent with
        {
            AbsentConditions = new HashSet<string> { ConditionNames.HeartFailure, ConditionNames.Cardiomyopathy },
        };

        Assert.Equal(float.NaN, oneAbsent.ValueOf("heartFailureOrCardiomyopathy"));
        Assert.Equal(0, bothAbsent.ValueOf("heartFailureOrCardiomyopathy"));
    }

    [Theory]
    [InlineData(14.9, true, 1)]
    [InlineData(14.9, false, 1)]
    [InlineData(15.0, true, 0)]
    [InlineData(15.0, false, float.NaN)]
    public void An_eGFR_below_15_is_renal_failure(double eGfr, bool listGiven, float expected)
    {
        var profile = new PatientProfile { EGfr = eGfr, Conditions = listGiven ? new HashSet<string>() : null };

        Assert.Equal(expected, profile.ValueOf("renalFailure"));
    }

    [Theory]
    [InlineData(true, true, 1)]
    [InlineData(true, false, 0)]
    [InlineData(false, true, 0)]
    [InlineData(false, null, 0)]
    [InlineData(null, false, 0)]
    [InlineData(null, true, float.NaN)]
    [InlineData(true, null, float.NaN)]
    public void Smokers_with_Crohn_disease_are_known_from_both(bool? smoker, bool? crohn, float expected)
    {
        var profile = crohn is null ? new PatientProfile() : crohn.Value ? With(ConditionNames.CrohnDisease) : With();

        Assert.Equal(expected, (profile with { Smoker = smoker }).ValueOf("smokerWithCrohnDisease"));
    }

    [Theory]
    [InlineData(97.2, null, 1)] // 30 kg/m2
    [InlineData(97.1, "", 0)]
    [InlineData(97.1, ConditionNames.MetabolicSyndrome, 1)]
    [InlineData(null, ConditionNames.Prediabetes, 1)]
    [InlineData(97.1, null, float.NaN)]
    [InlineData(null, "", float.NaN)]
    public void Risk_of_diabetes_is_obesity_or_a_condition(double? weight, string? condition, float expected)
    {
        var profile = condition is null ? new PatientProfile() : condition.Length == 0 ? With() : With(condition);

        Assert.Equal(expected, (profile with { WeightKg = weight, HeightCm = 180 }).ValueOf("diabetesRiskFactor"));
    }

    private static PatientProfile With(params string[] conditions) => new() { Conditions = conditions.ToHashSet() };
}
