using System.Globalization;

namespace DrugResponse.Client;

/// <summary>
/// Nothing succeeded for as long as <see cref="DrugResponseClientOptions.Endurance"/> says. What was asked may succeed later, and a
/// submission or download that can be resumed can be gone on with.
/// </summary>
public sealed class DrugResponseUnavailableException : Exception
{
    /// <summary>Says what is given up.</summary>
    /// <param name="fault">What failed last, as a sentence.</param>
    /// <param name="endurance">For how long it was tried.</param>
    /// <param name="cause">The last failure; null when that was an answer.</param>
    public DrugResponseUnavailableException(string fault, TimeSpan endurance, Exception? cause)
        : base(string.Create(CultureInfo.InvariantCulture, $"{fault} It has been so for {endurance}."), cause) => Endurance = endurance;

    /// <summary>For how long it was tried.</summary>
    public TimeSpan Endurance { get; }
}
