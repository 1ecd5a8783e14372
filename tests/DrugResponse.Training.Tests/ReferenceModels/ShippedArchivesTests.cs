using System.Globalization;
using DrugResponse.ModelArchives;
using DrugResponse.Prediction.Models;
using DrugResponse.Training.Evidence;
using DrugResponse.Training.Tests.Publishing;

namespace DrugResponse.Training.Tests.ReferenceModels;

/// <summary>The archives that are shipped score as the coefficients on their cards say; a card alone would prove nothing.</summary>
public class ShippedArchivesTests
{
    // Lines are cut into twenty steps, so a value may lie half a step away from its bin's mean.
    private const int StepsOfLine = 20;

    public static TheoryData<string> Models => ReferenceModelsTests.Models;

    [Theory]
    [MemberData(nameof(Models))]
    public void Scores_differ_between_values_as_the_coefficients_on_the_card_say(string model)
    {
        var scorer = RepositoryModels.Archive($"{model}/1.0.0/model.zip").Compile();
        var card = RepositoryModels.VirtualCards[model];
        var equation = RiskEquation.Of(EvidenceTables.Outcomes.Single(outcome => outcome.Id == model));
        foreach (var factors in equation.Factors.Where(factor => factor.Feature is not null).GroupBy(factor => factor.Feature!.Name))
        {
            var column = scorer.Inputs.Index().Single(input => input.Item.Name == factors.Key).Index;
            var values = Probes([.. factors]).Where(value => value >= factors.First().Feature!.Min && value <= factors.First().Feature!.Max).ToList();
            foreach (var value in values.Skip(1))
            {
                double Change(RiskFactor factor) => factor.Term.Amount(value) - factor.Term.Amount(values[0]);
                var expected = factors.Sum(factor => Coefficient(card, factor) * Change(factor));
                var tolerance = 0.03 + (0.01 * Math.Abs(expected)) + factors.Where(factor => factor.Term.Line is not null).Sum(factor => Math.Abs(Coefficient(card, factor) * Span(factor)) / StepsOfLine);

                var actual = Score(scorer, column, value) - Score(scorer, column, values[0]);

                Assert.True(
                    Math.Abs(actual - expected) <= tolerance,
                    string.Create(CultureInfo.InvariantCulture, $"{factors.Key} from {values[0]} to {value}: {actual} in the archive, {expected} on the card"));
            }
        }
    }

    // The published event's coefficients are on the card with the sign of the endpoint.
    private static double Coefficient(ModelCard card, RiskFactor factor) => card.Coefficients.Single(each => each.Factor == factor.Row.Factor).LogOdds;

    private static double Span(RiskFactor factor) => Math.Abs(factor.Term.Amount(factor.Term.Line!.To) - factor.Term.Amount(factor.Term.Line.From));

    private static IEnumerable<float> Probes(IReadOnlyList<RiskFactor> factors)
    {
        if (factors[0].Feature!.Unit is "flag" or "level" or "count" or "code" or "score")
            return Enumerable.Range(0, Math.Min((int)factors[0].Feature!.Max, 12) + 1).Select(value => (float)value);
        return factors
            .SelectMany(factor => factor.Term.Thresholds.SelectMany(threshold => new[] { MathF.BitDecrement((float)threshold), (float)threshold })
                .Concat(factor.Term.Line is { } line ? [(float)line.From, (float)((line.From + line.To) / 2), (float)line.To] : []))
            .Distinct().Order();
    }

    private static double Score(ModelScorer scorer, int column, float value)
    {
        float[] row = [.. scorer.Inputs.Select(_ => float.NaN)];
        row[column] = value;
        return scorer.Predict(row).Score;
    }
}
