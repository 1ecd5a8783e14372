using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Calling;

/// <summary>
/// DPYD HapB3: the intronic variant rs75017182 lowers the function, the exonic rs56038477 only travels with it. So the intronic position
/// decides, and the exonic one speaks only where the intronic one was not called.
/// </summary>
/// <remarks>Source: gene definition exceptions of PharmCAT for DPYD, data build 2025-11-05.</remarks>
internal static class HapB3
{
    private const string Both = "c.1129-5923C>G, c.1236G>A (HapB3)";
    private const string IntronicOnly = "c.1129-5923C>G";

    public static bool Concerns(Gene gene, int position)
    {
        var intronic = gene.Traits.HapB3Position;
        return intronic >= 0 && (position == intronic || position == gene.Traits.HapB3ExonicPosition);
    }

    /// <summary>Adds the HapB3 alleles of each strand; without phase the strand is arbitrary.</summary>
    public static void Add(
        Gene gene,
        ReadOnlySpan<PositionCall> calls,
        bool phased,
        List<Haplotype> first,
        List<Haplotype> second,
        List<(string, string)> notes)
    {
        if (gene.Traits.HapB3Position < 0)
            return;

        var (intronic, exonic) = (calls[gene.Traits.HapB3Position], calls[gene.Traits.HapB3ExonicPosition]);
        if (!intronic.IsCalled && !exonic.IsCalled)
            return;

        if (intronic.IsCalled && exonic.IsCalled && !phased)
            AddUnphased(gene, Copies(intronic), Copies(exonic), first, second, notes);
        else
        {
            AddStrand(gene, intronic.IsCalled ? intronic.First : null, exonic.IsCalled ? exonic.First : null, first, notes);
            AddStrand(gene, intronic.IsCalled ? intronic.Second : null, exonic.IsCalled ? exonic.Second : null, second, notes);
        }

        if (!intronic.IsCalled && Copies(exonic) > 0)
        {
            notes.Add((WarningCodes.SurrogateVariant,
                "DPYD HapB3 was read from rs56038477 alone; rs75017182, which decides, was not called."));
        }
    }

    private static void AddStrand(Gene gene, int? intronic, int? exonic, List<Haplotype> strand, List<(string, string)> notes)
    {
        if (intronic is null ? exonic > 0 : intronic > 0)
            strand.Add(gene.FindHaplotype(intronic is null || exonic > 0 ? Both : IntronicOnly)!);
        else if (exonic > 0)
            AddMismatchNote(notes);
    }

    /// <summary>As many alleles as the intronic position has copies; as many of them HapB3 as the exonic position has copies too.</summary>
    private static void AddUnphased(
        Gene gene, int intronic, int exonic, List<Haplotype> first, List<Haplotype> second, List<(string, string)> notes)
    {
        for (var copy = 0; copy < intronic; copy++)
            (copy == 0 ? first : second).Add(gene.FindHaplotype(copy < exonic ? Both : IntronicOnly)!);
        if (exonic > intronic)
            AddMismatchNote(notes);
    }

    private static void AddMismatchNote(List<(string, string)> notes)
    {
        var note = (WarningCodes.SurrogateVariant,
            "DPYD rs56038477 was found without rs75017182; the latter decides, so HapB3 was not called from the former.");
        if (!notes.Contains(note))
            notes.Add(note);
    }

    private static int Copies(PositionCall call) => call.IsCalled ? (call.First > 0 ? 1 : 0) + (call.Second > 0 ? 1 : 0) : 0;

    /// <summary>Index of the position that HapB3 has beside the deciding one.</summary>
    public static int ExonicPosition(Gene gene, int intronic)
    {
        foreach (var definition in gene.Definitions)
        {
            if (definition.Haplotype.Name == Both)
                return definition.Defining[0] == intronic ? definition.Defining[1] : definition.Defining[0];
        }

        throw new InvalidDataException($"{gene} has no definition of HapB3.");
    }
}
