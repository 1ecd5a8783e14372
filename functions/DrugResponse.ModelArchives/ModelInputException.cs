namespace DrugResponse.ModelArchives;

/// <summary>A row cannot be evaluated: an input is not set, or a value lies outside what the model can take.</summary>
public sealed class ModelInputException : Exception
{
    internal ModelInputException(string message)
        : base(message)
    {
    }
}
