using DrugResponse.ModelArchives.Predictors.Trees;

namespace DrugResponse.ModelArchives.Explanation;

/// <summary>Shapley values of one row against background rows, added up tree by tree.</summary>
/// <remarks>
/// <para>
/// The game: a coalition S takes the features in S from the row and the others from the background row, and is worth what the
/// tree gives. Walking down, a split on which both rows agree decides nothing. Where they disagree, one branch is for the coalitions
/// with the feature, the other for those without it; farther down, the feature is decided. A leaf reached with a features
/// decided for the row and c for the background adds value * W(a, c) to each of the former and subtracts value * W(c, a) from
/// each of the latter, W(a, c) = (a-1)! c! / (a+c)!. The sums for all leaves below a split come back from the recursion, so that every
/// split is visited once. See Lundberg et al., "From local explanations to global understanding with explainable AI for trees",
/// Nature Machine Intelligence 2 (2020), interventional form.
/// </para>
/// <para>
/// A categorical split goes to the second child if any of its features is above 0. That is split into cases that exclude each
/// other: the first feature is active; the first is not but the second is; and so on; and none is.
/// </para>
/// </remarks>
internal ref struct TreeShapley
{
    private readonly ReadOnlySpan<float> _row;
    private readonly Span<double> _contributions;
    private readonly ShapleyWeights _weights;
    private readonly Owner[] _owners;
    private ReadOnlySpan<float> _background;
    private RegressionTree _tree;

    public TreeShapley(ReadOnlySpan<float> row, Span<double> contributions, ShapleyWeights weights)
    {
        _row = row;
        _contributions = contributions;
        _weights = weights;
        _owners = new Owner[row.Length];
        _tree = null!;
    }

    /// <summary>Where a feature's value comes from on the current path.</summary>
    private enum Owner : byte
    {
        Undecided,
        Row,
        Background,
    }

    /// <summary>Adds the values of one tree against one background row.</summary>
    public void Add(RegressionTree tree, ReadOnlySpan<float> background)
    {
        if (tree.IsDummy)
            return;

        _tree = tree;
        _background = background;
        Visit(0, 0, 0);
    }

    /// <summary>What the leaves below give to each feature decided for the row, and to each decided for the background.</summary>
    private Shares Visit(int node, int rows, int backgrounds)
    {
        if (node < 0)
        {
            var value = _tree.Leaves[~node];

            return new Shares(rows == 0 ? 0 : value * _weights[rows, backgrounds], backgrounds == 0 ? 0 : -value * _weights[backgrounds, rows]);
        }

        return _tree.Categories?[node] is { } categories ? VisitCategories(node, categories, 0, rows, backgrounds) : VisitThreshold(node, rows, backgrounds);
    }

    private Shares VisitThreshold(int node, int rows, int backgrounds)
    {
        var feature = _tree.Features[node];
        var rowNext = Next(node, _tree.IsAtMost(node, _row[feature]));
        var backgroundNext = Next(node, _tree.IsAtMost(node, _background[feature]));

        if (rowNext == backgroundNext)
            return Visit(rowNext, rows, backgrounds);

        return _owners[feature] switch
        {
            Owner.Row => Visit(rowNext, rows, backgrounds),
            Owner.Background => Visit(backgroundNext, rows, backgrounds),
            _ => VisitBoth(feature, rowNext, backgroundNext, rows, backgrounds),
        };
    }

    private Shares VisitBoth(int feature, int rowNext, int backgroundNext, int rows, int backgrounds)
    {
        _owners[feature] = Owner.Row;
        var withRow = Visit(rowNext, rows + 1, backgrounds);
        _owners[feature] = Owner.Background;
        var withBackground = Visit(backgroundNext, rows, backgrounds + 1);
        _owners[feature] = Owner.Undecided;
        _contributions[feature] += withRow.Rows + withBackground.Backgrounds;

        return withRow + withBackground;
    }

    /// <param name="node">The categorical split.</param>
    /// <param name="categories">Its features.</param>
    /// <param name="position">The feature to look at; those before it are known to be inactive.</param>
    /// <param name="rows">Features decided for the row.</param>
    /// <param name="backgrounds">Features decided for the background.</param>
    private Shares VisitCategories(int node, int[] categories, int position, int rows, int backgrounds)
    {
        for (; position < categories.Length; position++)
        {
            var feature = categories[position];
            var isActiveInRow = _tree.IsActive(node, _row[feature]);
            var isActiveInBackground = _tree.IsActive(node, _background[feature]);

            if (isActiveInRow != isActiveInBackground && _owners[feature] == Owner.Undecided)
                return VisitCategory(node, categories, position, isActiveInRow, rows, backgrounds);
            if (_owners[feature] == Owner.Background ? isActiveInBackground : isActiveInRow)
                return Visit(_tree.SecondChildren[node], rows, backgrounds);
        }

        return Visit(_tree.FirstChildren[node], rows, backgrounds);
    }

    private Shares VisitCategory(int node, int[] categories, int position, bool isActiveInRow, int rows, int backgrounds)
    {
        var feature = categories[position];
        var second = _tree.SecondChildren[node];

        _owners[feature] = Owner.Row;
        var withRow = isActiveInRow ? Visit(second, rows + 1, backgrounds) : VisitCategories(node, categories, position + 1, rows + 1, backgrounds);
        _owners[feature] = Owner.Background;
        var withBackground = isActiveInRow ? VisitCategories(node, categories, position + 1, rows, backgrounds + 1) : Visit(second, rows, backgrounds + 1);
        _owners[feature] = Owner.Undecided;
        _contributions[feature] += withRow.Rows + withBackground.Backgrounds;

        return withRow + withBackground;
    }

    private readonly int Next(int node, bool isFirst) => isFirst ? _tree.FirstChildren[node] : _tree.SecondChildren[node];

    private readonly record struct Shares(double Rows, double Backgrounds)
    {
        public static Shares operator +(Shares left, Shares right) => new(left.Rows + right.Rows, left.Backgrounds + right.Backgrounds);
    }
}
