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
    private readonly NameIndex _listed;
    private readonly NameIndex _compact;
    private readonly List<CompactName> _compactNames = [];
    private readonly Dictionary<string, Haplotype> _byComponents = new(StringComparer.Ordinal);

    public HaplotypeNames(Gene gene, IReadOnlyList<AlleleAlias> aliases)
    {
        _gene = gene;
        _listed = new NameIndex(ignoreCase: true, gene.Haplotypes.Count);
        _compact = new NameIndex(ignoreCase: false, gene.Haplotypes.Count + aliases.Count);
        foreach (var haplotype in gene.Haplotypes)
        {
            _listed.Add(haplotype.Name);
            AddCompact(haplotype.Name, haplotype, "");
        }

        foreach (var alias in aliases)
            AddCompact(alias.Alias, FindListed(alias.Allele)!, alias.Note);

        if (gene.HasCopyNumbers)
        {
            foreach (var haplotype in gene.Haplotypes)
                _byComponents.Add(ComponentKey(haplotype.Components), haplotype);
        }
    }

    /// <summary>The haplotype of exactly that name in the allele table, letter case ignored.</summary>
    public Haplotype? FindListed(ReadOnlySpan<char> name)
    {
        var number = _listed.Find(name);
        return number == NameIndex.NotFound ? null : _gene.Haplotypes[number];
    }

    /// <summary>The haplotype that a text names.</summary>
    /// <param name="text">The name as written.</param>
    /// <param name="note">Empty, or the code of the warning that this way of writing deserves.</param>
    /// <returns>The haplotype; null when no allele of the gene is written so.</returns>
    public Haplotype? Find(ReadOnlySpan<char> text, out string note)
    {
        note = "";
        text = text.Trim();
        if (FindListed(text) is { } listed)
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
        {
            parts.Add(CopyNumberNotation.TryRead(part, out var allele, out var copies)
                ? new StarAllele(allele.ToString(), copies)
                : new StarAllele(part, CopyNumber.One));
        }


        return parts;
    }

    private CompactName? Known(ReadOnlySpan<char> compact)
    {
        var number = _compact.Find(compact);
        return number == NameIndex.NotFound ? null : _compactNames[number];
    }

    private void AddCompact(string name, Haplotype haplotype, string note)
    {
        if (_compact.Add(Compact(name)) == NameIndex.NotFound)
            throw new InvalidDataException($"Table allele_aliases: {_gene} has {name} twice.");

        _compactNames.Add(new CompactName(haplotype, note));
    }

    private Haplotype? FindCompact(ReadOnlySpan<char> compact, out string note)
    {
        if (Known(compact) is { } known)
        {
            note = known.Note;
            return _gene.Traits.CoreAlleles.TryGetValue(known.Haplotype.Name, out var core) ? Core(core, out note) : known.Haplotype;
        }

        return FindCoreAllele(compact, out note);
    }

    private Haplotype? Core(string name, out string note)
    {
        note = WarningCodes.SuballeleAsCore;
        return FindListed(name)!;
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

        if (core.Length == compact.Length || Known(core) is not { } known)
            return null;

        note = WarningCodes.SuballeleAsCore;
        return known.Haplotype;
    }

    /// <summary>Copy numbers and tandems: the listed haplotype of the same parts, else one derived from them.</summary>
    private Haplotype? FindStructural(ReadOnlySpan<char> compact, out string note)
    {
        note = "";
        List<(Haplotype Allele, CopyNumber Copies)> parts = [];
        var splitter = new TextSplitter(compact, '+');
        while (splitter.Next())
        {
            var part = splitter.Current;
            var copies = CopyNumber.One;
            var allele = FindCompact(part, out var partNote);
            if (allele is null && CopyNumberNotation.TryRead(part, out var name, out copies))
                allele = FindCompact(name, out partNote);
            if (allele is null || allele.Components.Count != 1)
                return null;

            // "*1x2" is itself a listed haplotype: its single part carries the copies.
            if (copies == CopyNumber.One)
                copies = allele.Components[0].Copies;
            parts.Add((FindListed(allele.Components[0].Name)!, copies));
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
            {
                var known = merged[same].Copies;
                merged[same] = (allele, new CopyNumber(known.Count + copies.Count, known.AtLeast || copies.AtLeast));
            }
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

    private static string ComponentKey(IReadOnlyList<StarAllele> components)
    {
        if (components.Count == 1)
            return components[0].ToString();

        var names = new string[components.Count];
        for (var i = 0; i < names.Length; i++)
            names[i] = components[i].ToString();
        Array.Sort(names, StringComparer.Ordinal);
        return string.Join('+', names);
    }

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

    /// <param name="Haplotype">The haplotype.</param>
    /// <param name="Note">Empty, or the code of the warning that the name deserves.</param>
    private sealed record CompactName(Haplotype Haplotype, string Note);
}
