using DrugResponse.Prediction.Features;
using DrugResponse.Testing;

namespace DrugResponse.Prediction.Tests.Features;

public class FeatureCatalogueTests
{
    private static readonly PatientProfile Unknown = new();

    [Fact]
    public void Names_are_camelCase_and_unique()
    {
        Assert.All(FeatureCatalogue.All, feature => Assert.Matches("^[a-z][A-Za-z0-9]*$", feature.Name));
        Assert.Equal(FeatureCatalogue.All.Length, FeatureCatalogue.All.Select(feature => feature.Name).Distinct().Count());
    }

    [Fact]
    public void Every_feature_is_found_by_its_exact_name_only()
    {
        Assert.All(FeatureCatalogue.All, feature =>
        {
            Assert.True(FeatureCatalogue.TryGet(feature.Name, out var found));
            Assert.Same(feature, found);
        });
        Assert.False(FeatureCatalogue.TryGet("WEIGHTKG", out _));
    }

    [Fact]
    public void Nothing_is_known_of_a_patient_of_whom_nothing_was_given()
    {
        Assert.All(FeatureCatalogue.All, feature => Assert.True(float.IsNaN(Value(feature.Name, Unknown)), feature.Name));
    }

    [Fact]
    public void Values_lie_within_the_stated_range()
    {
        var patients = new[]
        {
            Known,
            Known with { AgeYears = 0, Sex = Sex.Female, Ancestry = AncestryGroup.MixedOrOther },
            Known with { AgeYears = 120, Ancestry = AncestryGroup.SubSaharanAfrican, ActiveMedications = new HashSet<string>() },
        };

        Assert.All(FeatureCatalogue.All, feature =>
            Assert.All(patients, patient => Assert.False(Value(feature.Name, patient) is var value && (value < feature.Min || value > feature.Max), feature.Name)));
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(19.9, 1)]
    [InlineData(60, 6)]
    [InlineData(69.9, 6)]
    [InlineData(95, 9)]
    [InlineData(103, 9)]
    public void Age_decade_is_the_same_for_all_ages_of_a_band(double years, float decade)
    {
        Assert.Equal(decade, Value("ageDecade", Unknown with { AgeYears = years }));
    }

    [Theory]
    [InlineData("*1", "*1", 2, 0, 0, 0)]
    [InlineData("*1", "*2", 1.5, 1, 0, 0)]
    [InlineData("*2", "*3", 0.5, 1, 1, 0)]
    [InlineData("*3", "*3", 0, 0, 2, 0)]
    [InlineData("*1", "*8", 1.5, 0, 0, 1)]
    [InlineData("*6", "*11", 0.5, 0, 0, 2)]
    [InlineData("*1", "*7", float.NaN, 0, 0, 0)]
    public void CYP2C9_alleles_are_counted_and_scored(string first, string second, float score, int star2, int star3, int other)
    {
        var patient = Unknown with { Alleles = Alleles("CYP2C9", first, second) };

        Assert.Equal(score, Value("cyp2c9ActivityScore", patient));
        Assert.Equal(star2, Value("cyp2c9Star2Alleles", patient));
        Assert.Equal(star3, Value("cyp2c9Star3Alleles", patient));
        Assert.Equal(other, Value("cyp2c9OtherReducedAlleles", patient));
    }

    [Fact]
    public void VKORC1_counts_variant_alleles()
    {
        var patient = Unknown with { Alleles = Alleles("VKORC1", "rs9923231 reference (C)", "rs9923231 variant (T)") };

        Assert.Equal(1, Value("vkorc1Rs9923231TAlleles", patient));
    }

    [Fact]
    public void Ancestry_stands_in_for_a_gene_only_while_the_gene_is_unknown()
    {
        var untested = Unknown with { Ancestry = AncestryGroup.EastAsian };
        var tested = untested with { Alleles = Alleles("VKORC1", "rs9923231 reference (C)", "rs9923231 reference (C)") };

        Assert.Equal(1, Value("asianWithoutVkorc1", untested));
        Assert.Equal(0, Value("blackWithoutVkorc1", untested));
        Assert.Equal(0, Value("asianWithoutVkorc1", tested));
        Assert.Equal(1, Value("asianWithoutCyp2c9", tested));
        Assert.Equal(0, Value("asianWithoutVkorc1", Unknown with { Alleles = tested.Alleles }));
    }

    [Theory]
    [InlineData(AncestryGroup.NearEastern, "ancestryEuropean")]
    [InlineData(AncestryGroup.CentralSouthAsian, "ancestryAsian")]
    [InlineData(AncestryGroup.AfricanAmerican, "ancestryBlack")]
    [InlineData(AncestryGroup.Latino, "ancestryOther")]
    public void Every_ancestry_belongs_to_one_group(AncestryGroup ancestry, string expected)
    {
        string[] groups = ["ancestryEuropean", "ancestryAsian", "ancestryBlack", "ancestryOther"];

        Assert.Equal([expected], groups.Where(name => Value(name, Unknown with { Ancestry = ancestry }) == 1));
        Assert.All(Enum.GetValues<AncestryGroup>(), each => Assert.Equal(1, groups.Sum(name => Value(name, Unknown with { Ancestry = each }))));
    }

    [Theory]
    [InlineData(AncestryGroup.EastAsian, 1)]
    [InlineData(AncestryGroup.CentralSouthAsian, 0)]
    [InlineData(AncestryGroup.European, 0)]
    [InlineData(AncestryGroup.Asian, float.NaN)]
    [InlineData(null, float.NaN)]
    public void Asian_ancestry_without_saying_from_where_may_be_East_Asian(AncestryGroup? ancestry, float expected)
    {
        Assert.Equal(expected, Value("ancestryEastAsian", Unknown with { Ancestry = ancestry }));
    }

    [Fact]
    public void An_ingredient_sets_its_own_flag_and_its_classes()
    {
        var patient = Unknown with { ActiveMedications = new HashSet<string> { "simvastatin", "phenytoin", "erythromycin" } };

        Assert.Equal(1, Value("simvastatin", patient));
        Assert.Equal(1, Value("statin", patient));
        Assert.Equal(0, Value("atorvastatin", patient));
        Assert.Equal(1, Value("enzymeInducer", patient));
        Assert.Equal(1, Value("macrolideAntibiotic", patient));
        Assert.Equal(1, Value("interactingAntibiotic", patient));
        Assert.Equal(0, Value("amiodarone", patient));
    }

    [Fact]
    public void A_class_that_a_record_names_sets_the_class_alone()
    {
        var patient = Unknown with { ActiveMedications = new HashSet<string> { MedicationNames.Statin } };

        Assert.Equal(1, Value("statin", patient));
        Assert.Equal(0, Value("simvastatin", patient));
    }

    [Fact]
    public void Takes_none_is_not_the_same_as_not_stated()
    {
        Assert.Equal(0, Value("amiodarone", Unknown with { ActiveMedications = new HashSet<string>() }));
        Assert.Equal(float.NaN, Value("amiodarone", Unknown));
        Assert.Equal(0, Value("stroke", Unknown with { Conditions = new HashSet<string>() }));
        Assert.Equal(float.NaN, Value("stroke", Unknown));
    }

    [Theory]
    [InlineData(ConditionNames.PulmonaryEmbolism, "venousThromboembolism")]
    [InlineData(ConditionNames.Cardiomyopathy, "heartFailureOrCardiomyopathy")]
    [InlineData(ConditionNames.HeartValveReplacement, "heartValveDiseaseOrReplacement")]
    public void Conditions_of_one_kind_share_a_flag(string condition, string feature)
    {
        Assert.Equal(1, Value(feature, Unknown with { Conditions = new HashSet<string> { condition } }));
    }

    [Fact]
    public void Every_condition_changes_some_feature()
    {
        // Two of the comorbidities of a score count, so that a single one may change nothing.
        string[] others = [ConditionNames.Stroke, ConditionNames.Hypertension];

        Assert.All(ConditionNames.All, condition => Assert.Contains(others, other => other != condition && Changes(other, condition)));

        static bool Changes(string other, string condition)
        {
            var without = Known with { Conditions = new HashSet<string> { other } };
            var with = Known with { Conditions = new HashSet<string> { other, condition } };
            return FeatureCatalogue.All.Any(feature => !Value(feature.Name, without).Equals(Value(feature.Name, with)));
        }
    }

    [Fact]
    public void Every_feature_says_what_it_means_where_it_comes_from_and_what_is_not_known()
    {
        Assert.All(FeatureCatalogue.All, static feature =>
        {
            Assert.EndsWith(".", feature.Meaning, StringComparison.Ordinal);
            Assert.Contains("NaN", feature.Meaning, StringComparison.Ordinal);
            Assert.NotEmpty(feature.Source);
            Assert.NotEmpty(feature.Unit);
            Assert.True(feature.Min < feature.Max);
            Assert.NotEqual(feature.ChainedFrom is null, feature.Inputs.Count == 0);
        });
    }

    [Fact]
    public void No_feature_allocates_memory()
    {
        var contexts = new[]
        {
            Unknown,
            Known,
            Known with
            {
                Conditions = new HashSet<string>(),
                AbsentConditions = new HashSet<string> { ConditionNames.NodePositive },
                OpenAlleles = new Dictionary<string, IReadOnlyList<string>> { ["CYP2C9"] = ["*5", "*8"] },
                Outcomes = [new MedicationOutcome(new HashSet<string> { "warfarin" }, MedicationOutcomeKind.AdverseEvent, "bleeding")],
            },
        }.Select(static patient => new FeatureContext(patient)).ToArray();
        string[] allocating = [];
        for (var round = 0; round < 2; round++)
        {
            allocating =
            [
                .. FeatureCatalogue.All
                    .Where(feature => contexts.Any(context => Allocations.Of(() => feature.Compute(context)) > 0))
                    .Select(static feature => feature.Name),
            ];
        }

        Assert.Empty(allocating);
    }

    [Fact]
    public void A_stand_in_is_a_feature_of_the_same_gene()
    {
        var replaced = FeatureCatalogue.All.Where(static feature => feature.StandIn is not null).ToArray();

        Assert.Equal(9, replaced.Length);
        Assert.All(replaced, static feature =>
        {
            Assert.True(FeatureCatalogue.TryGet(feature.StandIn!, out var standIn));
            Assert.Equal(Assert.Single(feature.Inputs).Gene, Assert.Single(standIn.Inputs).Gene);
        });
    }

    [Fact]
    public void A_chained_feature_says_whose_score_it_is()
    {
        var context = new FeatureContext(Known, new Dictionary<string, float> { ["warfarin/dose"] = 5.5f });

        Assert.True(FeatureCatalogue.TryGet("warfarinPredictedSqrtDose", out var feature));
        Assert.Equal("warfarin/dose", feature.ChainedFrom);
        Assert.Equal(5.5f, feature.Compute(context));
        Assert.True(FeatureCatalogue.TryGet("warfarinPredictedSqrtDoseWithoutVkorc1", out var without));
        Assert.Equal(float.NaN, without.Compute(context));
        Assert.Equal(5.5f, without.Compute(new FeatureContext(Unknown, new Dictionary<string, float> { ["warfarin/dose"] = 5.5f })));
    }

    private static PatientProfile Known => new()
    {
        AgeYears = 65,
        Sex = Sex.Male,
        WeightKg = 80,
        HeightCm = 180,
        Ancestry = AncestryGroup.European,
        EGfr = 60,
        Smoker = true,
        ActiveMedications = MedicationNames.WithClasses(MedicationNames.Ingredients),
        Conditions = ConditionNames.All,
        Alleles = new Dictionary<string, IReadOnlyList<string>>
        {
            ["CYP2C9"] = ["*1", "*2"],
            ["VKORC1"] = ["rs9923231 variant (T)", "rs9923231 variant (T)"],
            ["DPYD"] = ["c.2846A>T", "c.1905+1G>A (*2A)", "c.557A>G", "c.1679T>G (*13)", "c.1129-5923C>G"],
            ["SLCO1B1"] = ["*5", "*15"],
        },
        Phenotypes = new Dictionary<string, string>
        {
            ["CYP2C19"] = "Ultrarapid Metabolizer",
            ["G6PD"] = "Normal",
            ["UGT1A1"] = "Normal Metabolizer",
        },
        ClinicalPhenotypes = new Dictionary<string, string> { ["CYP2D6"] = "Ultrarapid Metabolizer" },
        HlaAlleles = new Dictionary<string, bool> { ["HLA-B*57:01"] = true },
        Measurements = MeasurementNames.Ranges.ToDictionary(static entry => entry.Key, static entry => entry.Value.Max),
        DosesMg = MedicationNames.Ingredients.ToDictionary(static drug => drug, static _ => 100_000.0),
        RecentMedications = MedicationNames.WithClasses(MedicationNames.Ingredients),
        Outcomes =
        [
            .. MedicationNames.Ingredients.Select(static drug =>
                new MedicationOutcome(MedicationNames.WithClasses([drug]), MedicationOutcomeKind.NoResponse, null)),
        ],
    };

    private static Dictionary<string, IReadOnlyList<string>> Alleles(string gene, string first, string second) =>
        new() { [gene] = [first, second] };

    private static float Value(string name, PatientProfile patient)
    {
        Assert.True(FeatureCatalogue.TryGet(name, out var feature), name);
        return feature.Compute(new FeatureContext(patient));
    }
}
