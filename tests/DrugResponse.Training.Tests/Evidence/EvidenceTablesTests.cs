using DrugResponse.Pharmacogenomics.Medications;
using DrugResponse.Prediction.Models;
using DrugResponse.Training.Evidence;

namespace DrugResponse.Training.Tests.Evidence;

public class EvidenceTablesTests
{
    [Fact]
    public void Forty_one_drugs_have_a_primary_response_and_a_primary_adverse_endpoint_but_warfarin_whose_response_is_of_real_patients()
    {
        var drugs = EvidenceTables.Outcomes.GroupBy(outcome => outcome.Drug).ToList();

        Assert.Equal(41, drugs.Count);
        Assert.All(drugs, drug =>
        {
            Assert.Single(drug, outcome => outcome.Kind == EndpointKind.Adverse && outcome.IsPrimary);
            Assert.Equal(drug.Key == "warfarin" ? 0 : 1, drug.Count(outcome => outcome.Kind == EndpointKind.Response && outcome.IsPrimary));
        });
    }

    [Fact]
    public void Endpoints_of_a_drug_have_names_of_their_own() =>
        Assert.All(EvidenceTables.Outcomes.CountBy(outcome => outcome.Id), count => Assert.Equal(1, count.Value));

    [Fact]
    public void Drugs_are_called_as_in_the_medication_tables() =>
        Assert.All(EvidenceTables.Outcomes, outcome => Assert.Equal(outcome.Drug, SubstanceCatalogue.Default.FindByName(outcome.Drug)?.Name));

    [Fact]
    public void Every_row_is_used_or_says_why_not() => Assert.All(
        EvidenceTables.Outcomes.SelectMany(outcome => outcome.Effects),
        row => Assert.True(row.LeftOut is null ? row.Term is not null : row.Term is null, $"{row.Outcome}/{row.Factor}"));

    [Fact]
    public void Every_equation_can_be_made_and_every_factor_of_its_reference_group_exists() =>
        Assert.All(EvidenceTables.Outcomes, outcome =>
        {
            var equation = RiskEquation.Of(outcome);
            Assert.All(equation.Factors, factor => Assert.True(double.IsFinite(factor.Effect.Value) && factor.Effect.StandardError > 0, factor.Row.Factor));
            Assert.Subset(equation.Factors.Select(factor => factor.Row.Factor).ToHashSet(), outcome.Reference.Fixed.Keys.ToHashSet());
        });

    [Fact]
    public void No_perpetrator_is_counted_through_the_phenotype_and_as_a_feature_of_its_own() =>
        Assert.All(EvidenceTables.Outcomes.Select(RiskEquation.Of), equation =>
        {
            var features = equation.Features.Select(feature => feature.Name).ToList();
            if (features.Contains("cyp2d6ClinicalPhenotype"))
                Assert.DoesNotContain(equation.Factors, factor => factor.Row.Factor is "strong_cyp2d6_inhibitor" or "paroxetine");
        });

    [Fact]
    public void Comparable_endpoints_are_of_one_kind() =>
        Assert.All(
            EvidenceTables.Outcomes.Where(outcome => outcome.ComparisonGroup is not null).GroupBy(outcome => outcome.ComparisonGroup),
            group => Assert.Single(group.Select(outcome => outcome.Kind).Distinct()));
}
