using DrugResponse.Pharmacogenomics.Genotypes;

namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>
/// Finds a gene's haplotypes by the ways in which their names are written: letter case, white space, synonyms, the order of a tandem's
/// parts, and the spelling of copy numbers do not matter.
/// </summary>
internal sealed class HaplotypeNames
{
    private const int MaxNameLength = 96;
    private const string TandemSeparator = " + ";

    private readonly Gene _gene;
    private readonly Dictionary<string, Haplotype> _listed;
    private readonly Dictionary<string, Haplotype>.AlternateLookup<ReadOnlySpan<char>> _listedBySpan;
    private readonly Dictionary<string, (Haplotype Haplotype, string Note)> _compact;
    private readonly Dictionary<string, (Haplotype Haplotype, string Note)>.AlternateLookup<ReadOnlySpan<char>> _compactBySpan;
    private readonly Dictionary<string, Haplotype> _byComponents = new(StringComparer.Ordinal);

    public HaplotypeNames(Gene gene, IReadOnlyList<AlleleAlias> aliases)
    {
        _gene = gene;
        _listed = gene.Haplotypes.ToDictionary(h => h.Name, StringComparer.OrdinalIgnoreCase);
        _listedBySpan = _listed.GetAlternateLookup<ReadOnlySpan<char>>();
        _compact = new(gene.Haplotypes.Count + aliases.Count, StringComparer.Ordinal);
        foreach (var haplotype in gene.Haplotypes)
            _compact.Add(Compact(haplotype.Name), (haplotype, ""));
        foreach (var alias in aliases)
            _compact.Add(Compact(alias.Alias), (_listed[alias.Allele], alias.Note));
        _compactBySpan = _compact.GetAlternateLookup<ReadOnlySpan<char>>();

        if (gene.HasCopyNumbers)
        {
            foreach (var haplotype in gene.Haplotypes)
                _byComponents.Add(ComponentKey(haplotype.Components), haplotype);
        }
    }

    public Haplotype? FindListed(string name) => _listed.GetValueOrDefault(name);

    /// <summary>The haplotype that a text names.</summary>
    /// <param name="text">The name as written.</param>
    /// <param name="note">Empty, or the code of the warning that this way of writing deserves.</param>
    /// <returns>The haplotype; null when no allele of the gene is written so.</returns>
    public Haplotype? Find(ReadOnlySpan<char> text, out string note)
    {
        note = "";
        text = text.Trim();
        if (_listedBySpan.TryGetValue(text, out var listed))
            return listed;
        if (text.IsEmpty || text.Length > MaxNameLength)
            return null;

        Span<char> buffer = stackalloc char[MaxNameLength];
        var compact = WithoutGenePrefix(buffer[..WriteCompact(text, buffer)]);
        if (FindCompact(compact, out note) is { } known)
            return known;

        return _gene.HasCopyNumbers ? FindStructural(compact, out note) : null;
    }

    /// <summary>Splits <c>*36x2 + *10</c> into its parts.</summary>
    public static IReadOnlyList<StarAllele> ComponentsOf(string name)
    {
        if (!name.Contains('x', StringComparison.Ordinal) && !name.Contains('+', StringComparison.Ordinal))
            return [new StarAllele(name, CopyNumber.One)];

        List<StarAllele> parts = [];
        foreach (var part in name.Split('+', StringSplitOptions.TrimEntries))
            parts.Add(CopyNumberNotation.TryRead(part, out var base_, out var copies) ? new StarAllele(base_.ToString(), copies) : new(part, CopyNumber.One));
        return parts;
    }

    private (Haplotype, string)? Known(ReadOnlySpan<char> compact) => _compactBySpan.TryGetValue(compact, out var known) ? known : null;

    private Haplotype? FindCompact(ReadOnlySpan<char> compact, out string note)
    {
        if (Known(compact) is var (haplotype, knownNote))
        {
            note = knownNote;
            return _gene.Traits.CoreAlleles.TryGetValue(haplotype.Name, out var core) ? Core(core, out note) : haplotype;
        }

        return FindCoreAllele(compact, out note);
    }

    private Haplotype? Core(string name, out string note)
    {
        note = WarningCodes.SuballeleAsCore;
        return _listed[name];
    }

    /// <summary>Sub-alleles are reported as their core allele: <c>*4.012</c> and, in older reports, <c>*4B</c> as <c>*4</c>.</summary>
    private Haplotype? FindCoreAllele(ReadOnlySpan<char> compact, out string note)
    {
        note = "";
        if (compact.Length < 3 || compact[0] != '*')
            return null;

        var core = compact;
        var dot = compact.LastIndexOf('.');
        if (dot > 1 && compact.Length - dot == 4 && !compact[(dot + 1)..].ContainsAnyExceptInRange('0', '9'))
            core = compact[..dot];
        else if (_gene.Symbol.Value.StartsWith("CYP", StringComparison.Ordinal)
            && char.IsAsciiLetterLower(compact[^1]) && char.IsAsciiDigit(compact[^2]))
            core = compact[..^1];

        if (core.Length == compact.Length || Known(core) is not var (haplotype, _))
            return null;

        note = WarningCodes.SuballeleAsCore;
        return haplotype;
    }

    /// <summary>Copy numbers and tandems: the listed haplotype of the same parts, else one derived from them.</summary>
    private Haplotype? FindStructural(ReadOnlySpan<char> compact, out string note)
    {
        note = "";
        List<(Haplotype Allele, CopyNumber Copies)> parts = [];
        foreach (var range in compact.Split('+'))
        {
            var part = compact[range];
            var copies = CopyNumber.One;
            var allele = FindCompact(part, out var partNote);
            if (allele is null && CopyNumberNotation.TryRead(part, out var name, out copies))
                allele = FindCompact(name, out partNote);
            if (allele is null || allele.Components.Count != 1)
                return null;

            // "*1x2" is itself a listed haplotype: its single part carries the copies.
            if (copies == CopyNumber.One)
                copies = allele.Components[0].Copies;
            parts.Add((_listed[allele.Components[0].Name], copies));
            note = note.Length > 0 ? note : partNote;
        }

        var components = Merge(parts);
        return _byComponents.TryGetValue(ComponentKey([.. components.Select(c => new StarAllele(c.Allele.Name, c.Copies))]), out var listed)
            ? listed
            : Derive(components);
    }

    /// <summary>Equal parts of a tandem count together: <c>*36 + *36 + *10</c> is <c>*36x2 + *10</c>.</summary>
    private static List<(Haplotype Allele, CopyNumber Copies)> Merge(List<(Haplotype Allele, CopyNumber Copies)> parts)
    {
        List<(Haplotype Allele, CopyNumber Copies)> merged = [];
        foreach (var (allele, copies) in parts)
        {
            var same = merged.FindIndex(m => m.Allele.Equals(allele));
            if (same < 0)
                merged.Add((allele, copies));
            else
                merged[same] = (allele, new CopyNumber(merged[same].Copies.Count + copies.Count, merged[same].Copies.AtLeast || copies.AtLeast));
        }

        return merged;
    }

    private Haplotype? Derive(List<(Haplotype Allele, CopyNumber Copies)> parts)
    {
        var activity = ActivityScoreOf(parts[0]);
        for (var i = 1; i < parts.Count; i++)
            activity += ActivityScoreOf(parts[i]);
        if (parts.Any(p => p.Copies.Count > CopyNumber.Max))
            return null;

        StarAllele[] components = [.. parts.Select(p => new StarAllele(p.Allele.Name, p.Copies))];
        return new Haplotype(
            _gene.Symbol,
            string.Join(TandemSeparator, components.Select(c => c.ToString())),
            components,
            FunctionOf(activity, parts),
            activity,
            parts.Count == 1 ? HaplotypeDerivation.CopyNumber : HaplotypeDerivation.Tandem,
            -1);
    }

    private static Phenotypes.ActivityScore ActivityScoreOf((Haplotype Allele, CopyNumber Copies) part)
    {
        var value = part.Allele.Activity ?? Phenotypes.ActivityScore.Missing;
        if (value.IsMissing || value.Value == 0m)
            return value;

        return Phenotypes.ActivityScore.Of(value.Value * Math.Min(part.Copies.Count, CopyNumber.Max), part.Copies.AtLeast);
    }

    /// <summary>The function that the tables give to haplotypes of the same activity value.</summary>
    private Phenotypes.AlleleFunction FunctionOf(
        Phenotypes.ActivityScore activity, List<(Haplotype Allele, CopyNumber Copies)> parts)
    {
        if (activity.IsMissing)
            return parts.First(p => p.Allele.Activity is null or { IsMissing: true }).Allele.Function;

        var term = activity.Value switch
        {
            0m => "No function",
            < 1m => "Decreased function",
            1m when !activity.IsLowerBound => "Normal function",
            _ => "Increased function",
        };
        return _gene.Haplotypes.First(h => h.Function.Term == term).Function;
    }

    private static string ComponentKey(IReadOnlyList<StarAllele> components) =>
        string.Join('+', components.Select(c => c.ToString()).Order(StringComparer.Ordinal));

    private ReadOnlySpan<char> WithoutGenePrefix(ReadOnlySpan<char> compact)
    {
        var symbol = _gene.Symbol.Value;
        return compact.Length > symbol.Length && compact.StartsWith(symbol, StringComparison.OrdinalIgnoreCase)
            ? compact[symbol.Length..].TrimStart(':')
            : compact;
    }

    private static string Compact(string name)
    {
        Span<char> buffer = stackalloc char[MaxNameLength];
        return buffer[..WriteCompact(name, buffer)].ToString();
    }

    /// <summary>Drops white space, lowers letters, and writes copy numbers in one way.</summary>
    private static int WriteCompact(ReadOnlySpan<char> name, Span<char> buffer)
    {
        var length = 0;
        foreach (var c in name)
        {
            if (!char.IsWhiteSpace(c))
                buffer[length++] = c == '×' ? 'x' : char.ToLowerInvariant(c);
        }

        return length;
    }
}
