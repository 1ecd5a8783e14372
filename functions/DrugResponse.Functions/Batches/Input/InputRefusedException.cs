using DrugResponse.Functions.Problems;

namespace DrugResponse.Functions.Batches.Input;

/// <summary>
/// The input as a whole cannot become a batch: unlike a fault of one row, which is told beside the others' results. Thrown from within
/// the reading, of which nothing is kept.
/// </summary>
/// <param name="problem">Why, as it is answered.</param>
internal sealed class InputRefusedException(ProblemResponse problem) : Exception(problem.Problem.Title)
{
    /// <summary>Why, as it is answered.</summary>
    public ProblemResponse Problem { get; } = problem;
}
