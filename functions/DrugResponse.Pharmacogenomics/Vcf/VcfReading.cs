using DrugResponse.Pharmacogenomics.Calling;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Vcf;

/// <summary>What a VCF says about defining positions, and what is to be said about the VCF.</summary>
internal sealed class VcfReading
{
    private const int MaxMessages = 50;

    public Dictionary<VariantTarget, PositionCall> Calls { get; } = [];

    /// <summary>Sentences about records that were left out or need care.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Why the VCF cannot be read.</summary>
    public List<string> Faults { get; } = [];

    public void Warn(string message)
    {
        if (Warnings.Count < MaxMessages)
            Warnings.Add(message);
    }

    public void Fault(string message)
    {
        if (Faults.Count < MaxMessages)
            Faults.Add(message);
    }
}
