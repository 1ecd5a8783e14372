using System.Buffers;
using System.Globalization;
using DrugResponse.Pharmacogenomics.Calling;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Vcf;

/// <summary>
/// Reads the genotypes at defining positions from VCF text (GRCh38). A position that is absent or not fully called stays uncalled;
/// nothing is taken for reference that the file does not call. FILTER and QUAL are not looked at.
/// </summary>
internal sealed class VcfReader
{
    private static readonly SearchValues<char> GenotypeCharacters = SearchValues.Create("./|0123456789");
    private static readonly string[] OtherAssemblies = ["GRCh37", "hg19", "b37", "hs37", "NCBI36", "hg18", "NCBI37"];

    private readonly PositionIndex _index;
    private readonly VcfReading _reading = new();
    private readonly Dictionary<string, int> _phaseSets = new(StringComparer.Ordinal);
    private int _sample = -1;

    private VcfReader(PositionIndex index) => _index = index;

    /// <summary>Reads a VCF.</summary>
    /// <param name="text">The text.</param>
    /// <param name="sampleName">The sample to read; null for the only one.</param>
    /// <param name="index">The positions of interest.</param>
    /// <returns>The calls, warnings and faults.</returns>
    public static VcfReading Read(string text, string? sampleName, PositionIndex index)
    {
        var reader = new VcfReader(index);
        var lineNumber = 0;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            lineNumber++;
            var end = rest.IndexOf('\n');
            var line = (end < 0 ? rest : rest[..end]).TrimEnd('\r');
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.IsEmpty)
                continue;
            if (line.StartsWith("##"))
                reader.ReadMeta(line);
            else if (line[0] == '#')
                reader.ReadHeader(line, sampleName);
            else if (reader._sample < 0)
                break;
            else
                reader.ReadRecord(line, lineNumber);
        }

        if (reader._sample < 0 && reader._reading.Faults.Count == 0)
            reader._reading.Fault("The VCF has no header line (#CHROM ...) before its records.");
        return reader._reading;
    }

    private void ReadMeta(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith("##contig", StringComparison.Ordinal) && !line.StartsWith("##reference", StringComparison.Ordinal)
            && !line.StartsWith("##assembly", StringComparison.Ordinal))
            return;

        foreach (var assembly in OtherAssemblies)
        {
            if (line.Contains(assembly, StringComparison.OrdinalIgnoreCase) && _reading.Faults.Count == 0)
                _reading.Fault($"The VCF is aligned to {assembly}; GRCh38 is needed.");
        }
    }

    private void ReadHeader(ReadOnlySpan<char> line, string? sampleName)
    {
        var columns = line.ToString().Split('\t');
        if (columns.Length < 10 || columns[0] != "#CHROM" || columns[8] != "FORMAT")
        {
            _reading.Fault("The VCF's header line lacks the columns #CHROM to FORMAT and a sample, separated by tabs.");
            return;
        }

        var samples = columns.AsSpan(9);
        if (sampleName is not null)
        {
            _sample = samples.IndexOf(sampleName);
            if (_sample < 0)
                _reading.Fault($"The VCF has no sample {InterpretationLog.Quote(sampleName)}.");
        }
        else if (samples.Length == 1)
            _sample = 0;
        else
            _reading.Fault($"The VCF has {samples.Length} samples; name the one to read.");
    }

    private void ReadRecord(ReadOnlySpan<char> line, int lineNumber)
    {
        if (!VcfColumns.TrySplit(line, _sample, out var record)
            || !int.TryParse(record.PositionText, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            _reading.Fault(string.Create(
                CultureInfo.InvariantCulture, $"Line {lineNumber} of the VCF is not a record with all its columns."));
            return;
        }

        var chromosome = _index.ChromosomeOf(record.Chromosome);
        if (chromosome == 0)
            return;

        if (_index.Find(chromosome, position) is { } target)
            ReadCall(target, record, lineNumber);

        // A block of a gVCF calls every position up to END as reference.
        if (int.TryParse(record.InfoValue("END"), NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            && IsReference(record.Value("GT")))
        {
            foreach (var inside in _index.Between(chromosome, position + 1, end))
            {
                if (inside.Position.Position + inside.Position.Ref.Length - 1 <= end)
                    _reading.Calls.TryAdd(inside, new PositionCall(true, 0, 0, IsSingleCopy: record.Value("GT").Length == 1));
            }
        }
    }

    private void ReadCall(VariantTarget target, in VcfColumns record, int lineNumber)
    {
        var genotype = record.Value("GT");
        if (!TryReadAlleles(genotype, out var first, out var second, out var single))
        {
            if (!IsNoCall(genotype))
            {
                _reading.Fault(string.Create(
                    CultureInfo.InvariantCulture, $"Line {lineNumber} of the VCF has a genotype that cannot be read."));
            }

            return;
        }

        var (a, b) = (VcfAlleles.CodeOf(target.Position, record, first), VcfAlleles.CodeOf(target.Position, record, second));
        if (a == VcfAlleles.NotComparable || b == VcfAlleles.NotComparable)
        {
            _reading.Warn(
                $"{target.Position.Name}: REF or ALT of the VCF does not fit the definition ({target.Position.Ref}); the position was left out.");
            return;
        }

        if (a != b && HasReadsOfOneAlleleOnly(record.Value("AD")))
        {
            _reading.Warn(
                $"{target.Position.Name}: the genotype is heterozygous, but reads (AD) support one allele only; the position was left out.");
            return;
        }

        var call = new PositionCall(true, a, b, single, PhaseSetOf(genotype, record));
        if (!_reading.Calls.TryAdd(target, call))
            Merge(target, call);
    }

    /// <summary>Several records of one position are the split records of a multi-allelic one: each knows one alternative.</summary>
    private void Merge(VariantTarget target, PositionCall second)
    {
        var first = _reading.Calls[target];
        if (first == second)
            return;

        if (Joined(first, second) is { } joined)
            _reading.Calls[target] = joined;
        else
        {
            _reading.Calls[target] = default;
            _reading.Warn($"{target.Position.Name}: several records of the VCF contradict each other; the position was left out.");
        }
    }

    private static PositionCall? Joined(PositionCall a, PositionCall b)
    {
        if (!a.IsCalled || !b.IsCalled || a.IsSingleCopy != b.IsSingleCopy)
            return null;
        if (a.PhaseSet != PositionCall.Unphased && a.PhaseSet == b.PhaseSet)
        {
            return (a.First == 0 || b.First == 0) && (a.Second == 0 || b.Second == 0)
                ? a with { First = a.First == 0 ? b.First : a.First, Second = a.Second == 0 ? b.Second : a.Second }
                : null;
        }

        int[] alternatives = [.. new[] { a.First, a.Second, b.First, b.Second }.Where(code => code != 0)];
        return alternatives switch
        {
            [] => a,
            [var one] => a with { First = 0, Second = one, PhaseSet = PositionCall.Unphased },
            [var one, var other] => a with { First = one, Second = other, PhaseSet = PositionCall.Unphased },
            _ => null,
        };
    }

    private int PhaseSetOf(ReadOnlySpan<char> genotype, in VcfColumns record)
    {
        if (!genotype.Contains('|'))
            return PositionCall.Unphased;

        var set = record.Value("PS");
        if (set.IsEmpty || set is ".")
            return PositionCall.WholeSample;

        var name = set.ToString();
        if (!_phaseSets.TryGetValue(name, out var number))
            _phaseSets.Add(name, number = _phaseSets.Count + 1);
        return number;
    }

    private static bool IsReference(ReadOnlySpan<char> genotype) => genotype is "0/0" or "0|0" or "0";

    private static bool IsNoCall(ReadOnlySpan<char> genotype) =>
        genotype.IsEmpty || (genotype.Contains('.') && !genotype.ContainsAnyExcept(GenotypeCharacters));

    /// <summary>Reads <c>0/1</c>, <c>1|2</c> or <c>1</c>; anything with a missing allele is not read.</summary>
    private static bool TryReadAlleles(ReadOnlySpan<char> genotype, out int first, out int second, out bool single)
    {
        var separator = genotype.IndexOfAny('/', '|');
        single = separator < 0;
        second = 0;
        if (!int.TryParse(single ? genotype : genotype[..separator], NumberStyles.None, CultureInfo.InvariantCulture, out first))
            return false;
        if (single)
        {
            second = first;
            return true;
        }

        return int.TryParse(genotype[(separator + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out second);
    }

    private static bool HasReadsOfOneAlleleOnly(ReadOnlySpan<char> depths)
    {
        if (depths.IsEmpty)
            return false;

        int supported = 0, known = 0;
        foreach (var range in depths.Split(','))
        {
            if (!int.TryParse(depths[range], NumberStyles.None, CultureInfo.InvariantCulture, out var depth))
                continue;

            known++;
            supported += depth > 0 ? 1 : 0;
        }

        return known > 1 && supported == 1;
    }
}
