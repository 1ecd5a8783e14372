using DrugResponse.Pharmacogenomics.Guidance;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Medications;
using DrugResponse.Pharmacogenomics.Phenoconversion;

namespace DrugResponse.Pharmacogenomics.Tests.Guidance;

public class GuidanceLookupTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    private static ClinicalGenotype Clinical(GenotypeInput input, params string[] medications) => Phenoconverter.Convert(
        GenotypeInterpreter.Default.Interpret(input), [.. medications.Select(m => new MedicationUse([m]))], Today);

    private static ClinicalGenotype Diplotypes(params (string Gene, string Diplotype)[] genes) => Clinical(new GenotypeInput
    {
        Diplotypes = genes.ToDictionary(g => g.Gene, g => (IReadOnlyList<string>)[g.Diplotype]),
    });

    public class PublishedCases
    {
        /// <summary>Sampled rows of the CPIC recommendation tables with diplotypes that lead to them.</summary>
        public static TheoryData<string> Cases() => [.. Enumerable.Range(0, Fixture.Rows("recommendation_cases.tsv").Count()).Select(i => $"{i}")];

        [Theory]
        [MemberData(nameof(Cases))]
        public void The_coded_action_is_found(string index)
        {
            var row = Fixture.Rows("recommendation_cases.tsv").ElementAt(int.Parse(index, System.Globalization.CultureInfo.InvariantCulture));
            var genotype = Diplotypes([.. row["example_diplotypes"].Split("; ").Select(d => d.Split(": ")).Select(d => (d[0], d[1]))]);

            var guidance = GuidanceLookup.Find(row["drug"], genotype);

            var match = Assert.Single(guidance.Matches, m => m.Recommendation.Population == row["population"]);
            Assert.Equal(row["gene_keys"], string.Join(';', match.Recommendation.Keys.Select(k => $"{k.Gene}={k.Key}")));
            Assert.Equal(row["phenotypes"], string.Join(';', match.Recommendation.Keys.Select(k => $"{k.Gene}={k.Phenotype}")));
            var action = match.Recommendation.Action;
            Assert.Equal(row["action"], action.Action);
            Assert.Equal(row["fallback_action"], action.FallbackAction ?? "");
            Assert.Equal(row["dose_factor_min"], Text(action.DoseFactorMin));
            Assert.Equal(row["dose_factor_max"], Text(action.DoseFactorMax));
            Assert.Equal(row["dose_cap_mg_per_day"], Text(action.DoseCapMgPerDay));
            Assert.Equal(row["classification"], action.Strength);
            Assert.Equal(GuidanceBasis.Both, match.Basis);
            Assert.Empty(match.Reservations);
        }

        private static string Text(decimal? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
    }

    public class Rows
    {
        private static readonly Dictionary<(string Gene, string Key), string> DiplotypeByKey = [];

        public static TheoryData<string> Drugs() => [.. RecommendationTable.Default.Drugs];

        /// <summary>Every row of the table is reached from a genotype that its keys describe.</summary>
        [Theory]
        [MemberData(nameof(Drugs))]
        public void Every_row_is_reached_by_some_genotype(string drug)
        {
            foreach (var row in RecommendationTable.Default.All.Where(r => r.Drug == drug))
            {
                var tested = row.Keys.Where(k => k.Key != RecommendationKey.NoResult).ToArray();
                var genotype = Diplotypes([.. tested.Select(k => (k.Gene.Value, DiplotypeFor(k)))]);

                var matches = GuidanceLookup.Find(drug, genotype).Matches;

                Assert.Same(row, Assert.Single(matches, m => m.Recommendation.Population == row.Population).Recommendation);
            }
        }

        private static string DiplotypeFor(RecommendationKey key)
        {
            if (key.Key.EndsWith("tive", StringComparison.Ordinal))
                return key.Key;

            var gene = KnowledgeBase.Default.FindGene(key.Gene)!;
            lock (DiplotypeByKey)
            {
                if (DiplotypeByKey.TryGetValue((key.Gene.Value, key.Key), out var known))
                    return known;

                foreach (var first in gene.Haplotypes)
                {
                    foreach (var second in gene.Haplotypes)
                    {
                        var text = gene.Ploidy == Ploidy.Mitochondrial ? first.Name : $"{first.Name}/{second.Name}";
                        var result = Interpret.Diplotype(key.Gene.Value, text).Only();
                        var found = gene.Lookup == RecommendationLookup.ActivityScore ? result.ActivityScore.ToString() : result.Phenotype?.Term;
                        if (found == key.Key)
                            return DiplotypeByKey[(key.Gene.Value, key.Key)] = text;
                    }
                }
            }

            throw new InvalidOperationException($"No diplotype of {key.Gene} leads to {key.Key}.");
        }
    }

    public class Lookup
    {
        [Fact]
        public void A_drug_without_a_table_has_no_guideline_action()
        {
            Assert.Equal(GuidanceStatus.NoGuideline, GuidanceLookup.Find("metformin", Diplotypes(("CYP2C9", "*1/*1"))).Status);
            Assert.Equal(GuidanceStatus.UnknownDrug, GuidanceLookup.Find("unobtainium", Diplotypes(("CYP2C9", "*1/*1"))).Status);
        }

        [Fact]
        public void A_drug_whose_genes_are_not_tested_says_which_are_needed()
        {
            var guidance = GuidanceLookup.Find("clopidogrel", Diplotypes(("CYP2C9", "*1/*1")));

            Assert.Equal(GuidanceStatus.GenotypeMissing, guidance.Status);
            Assert.Empty(guidance.Matches);
            Assert.Equal(["CYP2C19"], guidance.GenesNeeded.Select(g => g.Value));
        }

        [Fact]
        public void A_result_that_the_guideline_has_no_row_for_is_no_guideline_action()
        {
            var genotype = Clinical(new GenotypeInput { ActivityScores = new Dictionary<string, string> { ["DPYD"] = "n/a" } });

            var guidance = GuidanceLookup.Find("fluorouracil", genotype);

            Assert.Equal(GuidanceStatus.NoGuidelineAction, guidance.Status);
            Assert.Empty(guidance.Matches);
        }

        [Fact]
        public void An_allele_without_a_function_is_looked_up_as_indeterminate()
        {
            var match = Assert.Single(GuidanceLookup.Find("efavirenz", Diplotypes(("CYP2B6", "*1/*50"))).Matches);

            Assert.Equal("Indeterminate", match.Recommendation.Keys[0].Key);
            Assert.Contains("function-not-assigned:CYP2B6", match.Reservations);
        }

        [Fact]
        public void Every_population_is_given_unless_the_patient_surely_does_not_belong_to_it()
        {
            var genotype = Diplotypes(("CYP2D6", "*1/*1"));

            Assert.Equal(["adults", "pediatrics"], Populations(GuidanceLookup.Find("atomoxetine", genotype)));
            Assert.Equal(["adults"], Populations(GuidanceLookup.Find("atomoxetine", genotype, new GuidanceContext(AgeYears: 40))));
            Assert.Equal(["pediatrics"], Populations(GuidanceLookup.Find("atomoxetine", genotype, new GuidanceContext(AgeYears: 9))));
        }

        [Fact]
        public void One_typed_position_does_not_read_as_cleared()
        {
            var genotype = Clinical(new GenotypeInput { Variants = new Dictionary<string, string> { ["rs3918290"] = "C/C" } });

            var match = Assert.Single(GuidanceLookup.Find("fluorouracil", genotype).Matches);

            Assert.Equal("standard", match.Recommendation.Action.Action);
            Assert.Contains("tier1-alleles-not-excluded:DPYD", match.Reservations);
        }

        [Fact]
        public void An_ambiguous_result_gives_every_row_with_a_reservation()
        {
            var genotype = Clinical(new GenotypeInput
            {
                Diplotypes = new Dictionary<string, IReadOnlyList<string>> { ["CYP2C19"] = ["*1/*1", "*1/*2"] },
            });

            var matches = GuidanceLookup.Find("omeprazole", genotype).Matches;

            Assert.Equal(2, matches.Count);
            Assert.All(matches, m => Assert.Contains("ambiguous:CYP2C19", m.Reservations));
        }

        [Fact]
        public void A_reported_phenotype_gives_every_row_of_its_scores()
        {
            var genotype = Clinical(new GenotypeInput { Phenotypes = new Dictionary<string, string> { ["CYP2C9"] = "Intermediate Metabolizer" } });

            var matches = GuidanceLookup.Find("celecoxib", genotype).Matches;

            Assert.Equal(2, matches.Count);
            Assert.All(matches, m => Assert.Contains("score-not-known:CYP2C9", m.Reservations));
        }

        [Fact]
        public void A_score_without_a_row_is_looked_up_by_its_phenotype()
        {
            var genotype = Diplotypes(("CYP2D6", "*1x3/*41"));

            var match = Assert.Single(GuidanceLookup.Find("codeine", genotype).Matches);

            Assert.Equal("Ultrarapid Metabolizer", Assert.Single(match.Recommendation.Keys).Phenotype);
            Assert.Equal("avoid", match.Recommendation.Action.Action);
        }

        [Fact]
        public void Genetic_and_clinical_guidance_stand_side_by_side_when_they_differ()
        {
            var genotype = Clinical(
                new GenotypeInput { Diplotypes = new Dictionary<string, IReadOnlyList<string>> { ["CYP2D6"] = ["*1/*1"] } }, "paroxetine");

            var matches = GuidanceLookup.Find("codeine", genotype).Matches;

            Assert.Equal(["Normal Metabolizer", "Poor Metabolizer"], matches.Select(m => m.Recommendation.Keys[0].Phenotype));
            Assert.Equal([GuidanceBasis.Genetic, GuidanceBasis.Clinical], matches.Select(m => m.Basis));
        }

        [Fact]
        public void A_halved_score_is_looked_up_by_the_resulting_phenotype()
        {
            var genotype = Clinical(
                new GenotypeInput { Diplotypes = new Dictionary<string, IReadOnlyList<string>> { ["CYP2D6"] = ["*1/*10"] } }, "duloxetine");

            var clinical = GuidanceLookup.Find("codeine", genotype).Matches.Where(m => m.Basis.HasFlag(GuidanceBasis.Clinical));

            Assert.All(clinical, m => Assert.Equal("Intermediate Metabolizer", m.Recommendation.Keys[0].Phenotype));
            Assert.NotEmpty(clinical);
        }

        [Fact]
        public void A_halved_score_takes_the_nearest_rows_of_its_phenotype()
        {
            // 2.25 halved is 1.125: an intermediate metabolizer, next to the row of 1.0, which differs from those of lower scores.
            var genotype = Clinical(
                new GenotypeInput { Diplotypes = new Dictionary<string, IReadOnlyList<string>> { ["CYP2D6"] = ["*1x2/*10"] } }, "duloxetine");

            var clinical = Assert.Single(
                GuidanceLookup.Find("atomoxetine", genotype, new GuidanceContext(AgeYears: 30)).Matches, m => m.Basis == GuidanceBasis.Clinical);

            Assert.Equal("1.0", clinical.Recommendation.Keys[0].Key);
            Assert.Empty(clinical.Reservations);
        }

        [Fact]
        public void Only_the_hla_allele_that_the_guideline_names_counts()
        {
            var genotype = Clinical(new GenotypeInput
            {
                Diplotypes = new Dictionary<string, IReadOnlyList<string>> { ["HLA-B"] = ["*57:01/*58:01"] },
            });

            Assert.Equal("avoid", Assert.Single(GuidanceLookup.Find("abacavir", genotype).Matches).Recommendation.Action.Action);
            Assert.Equal("avoid", Assert.Single(GuidanceLookup.Find("allopurinol", genotype).Matches).Recommendation.Action.Action);
            Assert.All(GuidanceLookup.Find("oxcarbazepine", genotype).Matches, m => Assert.Equal("*15:02 negative", m.Recommendation.Keys[0].Key));
        }

        private static IEnumerable<string> Populations(DrugGuidance guidance) => guidance.Matches.Select(m => m.Recommendation.Population);
    }

    public class Warfarin
    {
        private static DrugGuidance Find(string? ancestry, double? age, string cyp2C9, params (string, string)[] variants)
        {
            var genotype = Clinical(new GenotypeInput
            {
                Diplotypes = new Dictionary<string, IReadOnlyList<string>> { ["CYP2C9"] = [cyp2C9] },
                Variants = variants.ToDictionary(v => v.Item1, v => v.Item2),
            });
            return GuidanceLookup.Find("Coumadin", genotype, new GuidanceContext(age, null, ancestry));
        }

        [Fact]
        public void The_flow_chart_asks_for_the_algorithm_and_corrects_its_dose()
        {
            var matches = Find("European", 60, "*1/*11", ("rs9923231", "C/T"), ("rs2108622", "C/T")).Matches;

            Assert.Equal(["dose-by-algorithm", "reduce-dose", "increase-dose"], matches.Select(m => m.Recommendation.Action.Action));
            Assert.Equal(["Strong", "Optional", "Optional"], matches.Select(m => m.Recommendation.Action.Strength));
            Assert.Equal(0.85m, matches[1].Recommendation.Action.DoseFactorMax);
            Assert.Equal(1.05m, matches[2].Recommendation.Action.DoseFactorMin);
        }

        [Fact]
        public void In_african_ancestry_the_cyp2c_cluster_counts_and_cyp4f2_does_not()
        {
            var matches = Find("African American/Afro-Caribbean", 60, "*1/*1", ("rs9923231", "C/C"), ("rs2108622", "C/T"), ("rs12777823", "G/A")).Matches;

            Assert.Equal(["dose-by-algorithm", "reduce-dose"], matches.Select(m => m.Recommendation.Action.Action));
            Assert.All(matches, m => Assert.Equal("Moderate", m.Recommendation.Action.Strength));
        }

        [Fact]
        public void In_african_ancestry_untested_alleles_make_the_algorithm_invalid()
        {
            var genotype = Clinical(new GenotypeInput
            {
                Variants = new Dictionary<string, string> { ["rs1799853"] = "C/C", ["rs1057910"] = "A/A", ["rs9923231"] = "C/C" },
            });

            var guidance = GuidanceLookup.Find("warfarin", genotype, new GuidanceContext(60, null, "Sub-Saharan African"));

            Assert.Equal("dose-clinically", Assert.Single(guidance.Matches).Recommendation.Action.Action);
        }

        [Fact]
        public void A_poor_metabolizer_should_get_an_alternative()
        {
            Assert.Contains(Find("European", 60, "*3/*3", ("rs9923231", "T/T")).Matches, m => m.Recommendation.Action.Action == "alternative");
        }

        [Fact]
        public void Children_have_their_own_algorithm()
        {
            Assert.Equal("dose-by-algorithm", Assert.Single(Find("European", 8, "*1/*2", ("rs9923231", "C/T")).Matches).Recommendation.Action.Action);
            Assert.Equal("dose-clinically", Assert.Single(Find("East Asian", 8, "*1/*2", ("rs9923231", "C/T")).Matches).Recommendation.Action.Action);
        }

        [Fact]
        public void Unknown_ancestry_is_said()
        {
            Assert.Contains(Find(null, 60, "*1/*1", ("rs9923231", "C/C")).Matches, m => m.Reservations.Contains("strength-depends-on-ancestry"));
        }
    }

    public class Tables
    {
        [Fact]
        public void The_table_is_complete()
        {
            Assert.Equal(2159, RecommendationTable.Default.All.Count);
            Assert.Equal(109, RecommendationTable.Default.Drugs.Count);
        }

        [Fact]
        public void Every_drug_is_known_by_name()
        {
            Assert.All(RecommendationTable.Default.Drugs, d => Assert.Equal(d, SubstanceCatalogue.Default.FindByName(d)?.Name));
        }

        [Fact]
        public void Every_phenotype_key_is_a_phenotype_of_its_gene()
        {
            foreach (var key in RecommendationTable.Default.All.SelectMany(r => r.Keys).Where(k => k.Key != RecommendationKey.NoResult))
            {
                var gene = KnowledgeBase.Default.FindGene(key.Gene)!;
                Assert.Contains(key.Phenotype, gene.Phenotypes.Select(p => p.Term));
            }
        }

        [Fact]
        public void Dose_factors_are_ordered_and_only_stand_with_dose_changes()
        {
            Assert.All(RecommendationTable.Default.All.Select(r => r.Action), a =>
            {
                if (a is { DoseFactorMin: { } min, DoseFactorMax: { } max })
                    Assert.True(min <= max);
                if (a.DoseFactorMin is not null || a.DoseFactorMax is not null)
                    Assert.Contains("reduce-dose increase-dose avoid-or-reduce avoid-or-increase standard-with-caution".Split(' '), c => c == a.Action || c == a.FallbackAction);
                Assert.True(a.DoseCapMgPerDay is not null || (a.Action != "cap-dose" && a.FallbackAction != "cap-dose"));
            });
        }
    }
}
