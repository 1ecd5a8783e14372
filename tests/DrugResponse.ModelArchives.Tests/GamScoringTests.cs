using DrugResponse.ModelArchives.Tests.Support;

namespace DrugResponse.ModelArchives.Tests;

public class GamScoringTests
{
    [Fact]
    public void Scores_probabilities_and_labels_are_those_of_mlnet_to_the_last_bit_when_binary()
    {
        var fixture = Fixture.Load("gam-binary");
        var scorer = ModelArchive.Read(fixture.Archive).Compile();

        for (var row = 0; row < fixture.Inputs.Rows.Length; row++)
        {
            var prediction = scorer.Predict(fixture.Numbers(scorer, row));

            Assert.Equal(Fixture.ParseSingle(fixture.Expected.Cell(row, "Score")), prediction.Score);
            Assert.Equal(Fixture.ParseSingle(fixture.Expected.Cell(row, "Probability")), prediction.Probability);
            Assert.Equal(fixture.Expected.Cell(row, "PredictedLabel") == "true", prediction.PredictedLabel);
        }
    }

    [Fact]
    public void Scores_are_those_of_mlnet_to_the_last_bit_when_regression()
    {
        var fixture = Fixture.Load("gam-regression");
        var scorer = ModelArchive.Read(fixture.Archive).Compile();

        for (var row = 0; row < fixture.Inputs.Rows.Length; row++)
        {
            var prediction = scorer.Predict(fixture.Numbers(scorer, row));

            Assert.Equal(Fixture.ParseSingle(fixture.Expected.Cell(row, "Score")), prediction.Score);
            Assert.True(float.IsNaN(prediction.Probability));
        }
    }

    [Fact]
    public void Contributions_add_up_to_the_raw_score()
    {
        var fixture = Fixture.Load("gam-binary");
        var scorer = ModelArchive.Read(fixture.Archive).Compile();

        for (var row = 0; row < fixture.Inputs.Rows.Length; row++)
        {
            var inputs = fixture.Numbers(scorer, row);
            var explanation = scorer.Explain(inputs);

            Assert.Equal(scorer.Inputs.Count, explanation.Contributions.Count);
            Assert.Equal(scorer.Predict(inputs).Score, explanation.RawScore, 1e-6);
        }
    }
}
