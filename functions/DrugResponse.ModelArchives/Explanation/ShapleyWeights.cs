namespace DrugResponse.ModelArchives.Explanation;

/// <summary>
/// With a features that must come from the explained row and c that must come from the background row, the share of the orders
/// in which a given one of the a comes last but before none of the c: (a-1)! * c! / (a+c)!.
/// </summary>
internal sealed class ShapleyWeights
{
    /// <summary>Most features of one tree; it bounds the table and the depth of the recursion.</summary>
    public const int MostFeatures = 512;

    private readonly double[] _weights;
    private readonly int _width;

    public ShapleyWeights(int mostFeatures)
    {
        _width = mostFeatures + 1;
        _weights = new double[_width * _width];

        // W(1, c) = c!/(c+1)! = 1/(c+1), and W(a+1, c) = W(a, c) * a/(a+c+1).
        for (var other = 0; other < _width; other++)
        {
            var weight = 1.0 / (other + 1);
            for (var own = 1; own < _width; own++)
            {
                _weights[(own * _width) + other] = weight;
                weight *= (double)own / (own + other + 1);
            }
        }
    }

    /// <summary>The weight for <paramref name="own"/> of at least 1.</summary>
    public double this[int own, int other] => _weights[(own * _width) + other];
}
