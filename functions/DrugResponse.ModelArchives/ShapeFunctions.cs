namespace DrugResponse.ModelArchives;

/// <summary>
/// A generalised additive model as a table: the raw score is the constant plus, for each function, the effect of the bin that its input's
/// value falls into. Immutable.
/// </summary>
/// <param name="Constant">The part of the raw score that belongs to no input.</param>
/// <param name="Functions">One per input that has an effect, in the order of <see cref="ModelScorer.Inputs"/>.</param>
public sealed record ShapeFunctions(double Constant, IReadOnlyList<InputShapeFunction> Functions);

/// <summary>The effect of one input on the raw score, by bins of its value.</summary>
/// <param name="Input">Name of the input column.</param>
/// <param name="Slot">Which item of a vector it is; 0 for a single item.</param>
/// <param name="UpperBounds">
/// Upper bounds of the bins, ascending: bin k holds the values above bound k-1 up to and including bound k. The last one is mostly positive
/// infinity; where it is not, the model takes no greater value.
/// </param>
/// <param name="Effects">What each bin adds to the raw score; as many as bounds.</param>
/// <param name="MissingEffect">What a missing value adds.</param>
public sealed record InputShapeFunction(
    string Input, int Slot, IReadOnlyList<double> UpperBounds, IReadOnlyList<double> Effects, double MissingEffect);
