using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Predictors.Trees;

/// <summary>The kinds of ensemble: they differ in the versions that brought certain fields, and in what is done with the sum.</summary>
internal sealed record TreeFormat
{
    public static readonly TreeFormat FastTreeBinary = new(new ComponentFormat("FastTreeBinaryExec", "FTREE BC", (1, 5), (1, 5), (1, 1), ComponentFormat.FastTreeAssembly));

    public static readonly TreeFormat FastTreeRegression = new(new ComponentFormat("FastTreeRegressionExec", "FTREE RE", (1, 5), (1, 4), (1, 1), ComponentFormat.FastTreeAssembly));

    public static readonly TreeFormat FastTreeRanking = new(new ComponentFormat("FastTreeRankerExec", "FTREE RA", (1, 5), (1, 4), (1, 1), ComponentFormat.FastTreeAssembly));

    public static readonly TreeFormat FastTreeTweedie = new(new ComponentFormat("FastTreeTweedieExec", "FTREE TW", (1, 3), (1, 2), (1, 1), ComponentFormat.FastTreeAssembly))
    {
        FeatureCount = ComponentVersion.Of(1, 1),
        Defaults = ComponentVersion.Of(1, 2),
        Categories = ComponentVersion.Of(1, 3),
        Sum = TreeSum.Exponential,
    };

    public static readonly TreeFormat FastForestBinary = Forest(new ComponentFormat("FastForestBinaryExec", "FFORE BC", (1, 6), (1, 5), (1, 1), ComponentFormat.FastTreeAssembly));

    public static readonly TreeFormat FastForestRegression =
        Forest(new ComponentFormat("FastForestRegressionExec", "FFORE RE", (1, 6), (1, 5), (1, 1), ComponentFormat.FastTreeAssembly)) with
        {
            Sum = TreeSum.Average,
            HasQuantileSamples = true,
        };

    public static readonly TreeFormat LightGbmBinary = new(new ComponentFormat("LightGBMBinaryExec", "LGBBINCL", (1, 5), (1, 4), (1, 1), ComponentFormat.LightGbmAssembly));

    public static readonly TreeFormat LightGbmRegression = new(new ComponentFormat("LightGBMRegressionExec", "LGBSIREG", (1, 5), (1, 4), (1, 1), ComponentFormat.LightGbmAssembly));

    public static readonly TreeFormat LightGbmRanking = new(new ComponentFormat("LightGBMRankerExec", "LGBMRANK", (1, 5), (1, 4), (1, 1), ComponentFormat.LightGbmAssembly));

    private TreeFormat(ComponentFormat component) => Component = component;

    public ComponentFormat Component { get; }

    /// <summary>First version that states the number of features.</summary>
    public ComponentVersion FeatureCount { get; private init; } = ComponentVersion.Of(1, 2);

    /// <summary>First version that has default values.</summary>
    public ComponentVersion Defaults { get; private init; } = ComponentVersion.Of(1, 4);

    /// <summary>First version that has categorical splits.</summary>
    public ComponentVersion Categories { get; private init; } = ComponentVersion.Of(1, 5);

    public TreeSum Sum { get; private init; }

    public bool IsForest { get; private init; }

    /// <summary>Whether a flag and a sample count follow the ensemble.</summary>
    public bool HasQuantileSamples { get; private init; }

    private static TreeFormat Forest(ComponentFormat component) => new(component)
    {
        FeatureCount = ComponentVersion.Of(1, 3),
        Defaults = ComponentVersion.Of(1, 5),
        Categories = ComponentVersion.Of(1, 6),
        IsForest = true,
    };
}

/// <summary>What becomes of the sum of the leaf values.</summary>
internal enum TreeSum
{
    /// <summary>It is the score, rounded to Single.</summary>
    Plain,

    /// <summary>Rounded to Single and divided by the number of trees, in Single.</summary>
    Average,

    /// <summary>Rounded to Single, then its exponential.</summary>
    Exponential,
}
