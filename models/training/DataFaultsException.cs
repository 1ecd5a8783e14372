namespace DrugResponse.Training;

/// <summary>The training data cannot be used. Every fault is named by its line, none with a person's data.</summary>
internal sealed class DataFaultsException(IReadOnlyList<string> faults)
    : Exception("The training data cannot be used:" + string.Concat(faults.Select(static fault => "\n  " + fault)))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
