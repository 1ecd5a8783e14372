using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors;
using DrugResponse.ModelArchives.Predictors.Ranks;
using DrugResponse.ModelArchives.Predictors.Trees;
using DrugResponse.ModelArchives.Tests.Support;
using DrugResponse.ModelArchives.Writing;

namespace DrugResponse.ModelArchives.Tests.Predictors;

/// <summary>The table of masks against a plain walk down the trees, on random trees and awkward values.</summary>
public class CompiledTreesTests
{
    private static readonly float[] Awkward =
        [0, -0f, 1, -1, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon, 1.5f, -2.25f];

    [Theory]
    [InlineData(1, 2)]
    [InlineData(7, 20)]
    [InlineData(40, 32)]
    [InlineData(19, 33)]
    [InlineData(23, 64)]
    public void Sums_are_those_of_a_walk_to_the_last_bit(int treeCount, int leafCount)
    {
        var random = new Random(treeCount * leafCount);
        var predictor = RandomEnsemble(random, treeCount, leafCount, featureCount: 6);
        var compiled = CompiledTrees.TryCompile(predictor.Trees);
        var block = new float[6 * RowBlock.Rows];
        var sums = new double[RowBlock.Rows];

        Assert.NotNull(compiled);

        for (var round = 0; round < 40; round++)
        {
            var rows = Enumerable.Range(0, RowBlock.Rows).Select(_ => RandomRow(random, 6)).ToArray();
            for (var row = 0; row < rows.Length; row++)
            {
                for (var feature = 0; feature < 6; feature++)
                    block[(feature * RowBlock.Rows) + row] = rows[row][feature];
            }

            compiled.BlockSum(block, sums);

            for (var row = 0; row < rows.Length; row++)
            {
                var expected = Walk(predictor, rows[row]);

                Assert.Equal(expected, compiled.Sum(rows[row]));
                Assert.Equal(expected, sums[row]);
            }
        }
    }

    [Fact]
    public void Trees_of_more_than_64_leaves_are_walked()
    {
        var predictor = RandomEnsemble(new Random(5), treeCount: 3, leafCount: 65, featureCount: 6);
        var row = RandomRow(new Random(6), 6);

        Assert.Null(CompiledTrees.TryCompile(predictor.Trees));
        Assert.Equal((float)Walk(predictor, row), predictor.Score(new DrugResponse.ModelArchives.Scoring.FeatureVector(row)));
    }

    [Theory]
    [InlineData("lightgbm-binary-catsplit", "TransformerChain/Transform_002/Model/Predictor")]
    [InlineData("fasttree-binary-catsplit", "TransformerChain/Transform_002/Model/Predictor")]
    public void Categorical_splits_and_default_values_give_the_sums_of_a_walk(string name, string directory)
    {
        var container = ZipContainer.Open(Fixture.Load(name).Archive, ModelArchiveLimits.Default);
        var predictor = (TreePredictor)PredictorCatalog.Read(new ModelDirectory(container, directory));
        var compiled = CompiledTrees.TryCompile(predictor.Trees)!;
        var random = new Random(9);

        for (var round = 0; round < 500; round++)
        {
            var row = RandomRow(random, predictor.MinimumFeatureCount);

            Assert.Equal(Walk(predictor, row), compiled.Sum(row));
        }
    }

    private static double Walk(TreePredictor predictor, float[] row)
    {
        var sum = 0.0;
        foreach (var tree in predictor.Trees)
            sum += tree.Leaf(row);

        return sum;
    }

    private static float[] RandomRow(Random random, int features) =>
        [.. Enumerable.Range(0, features).Select(_ => random.Next(3) == 0 ? Awkward[random.Next(Awkward.Length)] : (float)(random.NextDouble() * 8) - 4)];

    private static TreePredictor RandomEnsemble(Random random, int treeCount, int leafCount, int featureCount)
    {
        var definition = new ModelDefinition
        {
            Kind = PredictionKind.Regression,
            Inputs = [.. Enumerable.Range(0, featureCount).Select(feature => new NumericInput($"F{feature}"))],
            Predictor = new TreeEnsembleDefinition([.. Enumerable.Range(0, treeCount).Select(_ => RandomTree(random, leafCount, featureCount))]),
        };
        var container = ZipContainer.Open(ModelArchiveWriter.ToBytes(definition), ModelArchiveLimits.Default);

        return (TreePredictor)PredictorCatalog.Read(new ModelDirectory(container, "TransformerChain/Transform_001/Model"));
    }

    /// <summary>Splits a random leaf until there are enough; thresholds repeat, and some are awkward.</summary>
    private static TreeDefinition RandomTree(Random random, int leafCount, int featureCount)
    {
        var splits = new List<SplitDefinition> { RandomSplit(random, featureCount, ~0, ~1) };

        while (splits.Count + 1 < leafCount)
        {
            var leaf = random.Next(splits.Count + 1);
            var parent = splits.FindIndex(split => split.FirstChild == ~leaf || split.SecondChild == ~leaf);
            splits[parent] = splits[parent].FirstChild == ~leaf ? splits[parent] with { FirstChild = splits.Count } : splits[parent] with { SecondChild = splits.Count };
            splits.Add(RandomSplit(random, featureCount, ~leaf, ~(splits.Count + 1)));
        }

        return new TreeDefinition(splits, [.. Enumerable.Range(0, leafCount).Select(_ => random.NextDouble() - 0.5)]);
    }

    private static SplitDefinition RandomSplit(Random random, int featureCount, int first, int second)
    {
        float[] thresholds = [0, -0f, 1, -1, 1.5f, float.NegativeInfinity, float.MaxValue, (float)(random.NextDouble() * 8) - 4, (float)(random.NextDouble() * 8) - 4];

        return new SplitDefinition(random.Next(featureCount), thresholds[random.Next(thresholds.Length)], first, second) { MissingGoesFirst = random.Next(2) == 0 };
    }
}
