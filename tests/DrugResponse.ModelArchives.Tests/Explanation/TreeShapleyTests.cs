using System.Numerics;
using DrugResponse.ModelArchives.Explanation;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors;
using DrugResponse.ModelArchives.Predictors.Trees;
using DrugResponse.ModelArchives.Tests.Support;

namespace DrugResponse.ModelArchives.Tests.Explanation;

public class TreeShapleyTests
{
    /// <summary>Trees over more features take too long by brute force.</summary>
    private const int MostFeatures = 11;

    [Theory]
    [InlineData("fasttree-two-leaves", "TransformerChain/Transform_001/Model/Predictor")]
    [InlineData("fasttree-regression", "TransformerChain/Transform_001/Model")]
    [InlineData("fasttree-binary", "TransformerChain/Transform_003/Model/Predictor")]
    [InlineData("fasttree-binary-catsplit", "TransformerChain/Transform_002/Model/Predictor")]
    [InlineData("lightgbm-binary", "TransformerChain/Transform_002/Model/Predictor")]
    [InlineData("lightgbm-binary-catsplit", "TransformerChain/Transform_002/Model/Predictor")]
    public void Slot_values_are_those_of_brute_force(string name, string directory)
    {
        var container = ZipContainer.Open(Fixture.Load(name).Archive, ModelArchiveLimits.Default);
        var predictor = (TreePredictor)PredictorCatalog.Read(new ModelDirectory(container, directory));
        var trees = predictor.Trees.Where(tree => tree.SplitFeatures.Distinct().Count() <= MostFeatures).Take(12).ToArray();
        var random = new Random(20260801);

        Assert.NotEmpty(trees);

        foreach (var tree in trees)
        {
            var row = RandomRow(random, tree, predictor.MinimumFeatureCount);
            var background = RandomRow(random, tree, predictor.MinimumFeatureCount);
            var values = new double[row.Length];

            new TreeShapley(row, values, new ShapleyWeights(row.Length)).Add(tree, background);

            var expected = BruteForce(tree, row, background);
            for (var feature = 0; feature < row.Length; feature++)
                Assert.Equal(expected[feature], values[feature], 1e-9);
        }
    }

    /// <summary>Values on both sides of the tree's thresholds, indicators, and missing values.</summary>
    private static float[] RandomRow(Random random, RegressionTree tree, int length)
    {
        var row = new float[length];
        for (var feature = 0; feature < length; feature++)
            row[feature] = random.Next(2);

        for (var node = 0; node < tree.NodeCount; node++)
        {
            if (tree.Categories?[node] is null)
                row[tree.Features[node]] = random.Next(8) == 0 ? float.NaN : tree.Thresholds[node] + random.Next(-1, 2);
        }

        return row;
    }

    /// <summary>The definition: the mean, over all orders of the features, of what a feature changes when it joins those before it.</summary>
    private static double[] BruteForce(RegressionTree tree, float[] row, float[] background)
    {
        var features = tree.SplitFeatures.Distinct().ToArray();
        var values = new double[row.Length];
        var worth = new double[1 << features.Length];
        var mixed = new float[row.Length];

        for (var coalition = 0; coalition < worth.Length; coalition++)
        {
            background.CopyTo(mixed, 0);
            for (var index = 0; index < features.Length; index++)
            {
                if ((coalition >> index & 1) != 0)
                    mixed[features[index]] = row[features[index]];
            }

            worth[coalition] = tree.Leaf(mixed);
        }

        for (var index = 0; index < features.Length; index++)
        {
            for (var coalition = 0; coalition < worth.Length; coalition++)
            {
                if ((coalition >> index & 1) != 0)
                    continue;
                var before = BitOperations.PopCount((uint)coalition);
                values[features[index]] += Share(before, features.Length) * (worth[coalition | (1 << index)] - worth[coalition]);
            }
        }

        return values;
    }

    /// <summary>Share of the orders in which a feature has exactly these others before it: k! (n-k-1)! / n!.</summary>
    private static double Share(int before, int count) => Factorial(before) * Factorial(count - before - 1) / Factorial(count);

    private static double Factorial(int number) => Enumerable.Range(1, number).Aggregate(1.0, (product, factor) => product * factor);
}
