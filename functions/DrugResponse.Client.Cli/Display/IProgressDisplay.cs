namespace DrugResponse.Client.Cli.Display;

/// <summary>
/// Shows how far the work is: to a person at a terminal by bars that move, to a log by lines now and then. It may be disposed of more than
/// once.
/// </summary>
internal interface IProgressDisplay : IAsyncDisposable
{
    /// <summary>Shows how far a step is.</summary>
    /// <param name="step">The step, as a verb: <c>Scoring</c>.</param>
    /// <param name="done">How much is done.</param>
    /// <param name="total">How much there is to do; null when that is not known.</param>
    /// <param name="unit">Of what.</param>
    /// <param name="remark">What else is to be said, or null.</param>
    void Show(string step, long done, long? total, string unit, string? remark = null);

    /// <summary>Says something once.</summary>
    /// <param name="text">A sentence.</param>
    void Say(string text);

    /// <summary>Shows how far a stream is read.</summary>
    /// <param name="stream">The stream; closing what is given back closes it.</param>
    /// <param name="step">The step.</param>
    Stream Watch(Stream stream, string step);
}
