using System.Collections.Frozen;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Prediction.Features;

/// <summary>A gene of which some variants make susceptible to malignant hyperthermia. Immutable and thread-safe.</summary>
internal sealed class SusceptibilityGene
{
    private const string PathogenicFunction = "Malignant Hyperthermia associated";

    private readonly PhenotypeLevels _levels;
    private readonly FrozenSet<string> _pathogenicPositions;

    /// <param name="symbol">The gene's symbol.</param>
    public SusceptibilityGene(string symbol)
    {
        _levels = new PhenotypeLevels(symbol, ("Malignant Hyperthermia Susceptibility", 1), ("Uncertain Susceptibility", 0));
        var gene = KnowledgeBase.Default.FindGene(symbol) ?? throw new InvalidDataException($"The knowledge base has no gene {symbol}.");
        _pathogenicPositions = gene.Haplotypes
            .Where(static haplotype => haplotype.Function.Term == PathogenicFunction)
            .SelectMany(haplotype => gene.DefinitionOf(haplotype.Name) ?? [])
            .Select(static variant => variant.Position.Name)
            .ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>1 when a pathogenic variant was found, 0 when none was although all were looked for, else NaN.</summary>
    public float IsSusceptible(PatientProfile patient)
    {
        var level = _levels.In(patient.Phenotypes);
        return level == 0 && IsTypedInPart(patient) ? float.NaN : level;
    }

    private bool IsTypedInPart(PatientProfile patient)
    {
        if (patient.UntypedVariants.Count == 0)
            return false;
        foreach (var position in _pathogenicPositions)
        {
            if (patient.UntypedVariants.Contains(position))
                return true;
        }

        return false;
    }
}
