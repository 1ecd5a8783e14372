using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Medications;

/// <summary>Every drug and class known by name, with the codes and names that lead to it.</summary>
/// <remarks>Read on first use; immutable and safe to share between threads.</remarks>
public sealed class SubstanceCatalogue
{
    private const int AtcSubstanceLength = 7;
    private static readonly Lazy<SubstanceCatalogue> Shared = new(() => new SubstanceCatalogue());

    private readonly Dictionary<string, Substance> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Substance> _rxNorm = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Substance>> _atc = new(StringComparer.OrdinalIgnoreCase);

    private SubstanceCatalogue()
    {
        var table = EmbeddedTable.Open("medications");
        var rows = table.Rows(new StringPool());
        List<Substance> all = [];
        while (rows.Read())
        {
            var name = rows.NextText();
            var isClass = rows.Next().SequenceEqual("class");
            var rxNorm = rows.NextText();
            var atc = rows.NextText().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var others = rows.NextText().Split("; ", StringSplitOptions.RemoveEmptyEntries);
            var substance = new Substance(name, isClass, rxNorm.Length == 0 ? null : rxNorm, atc, others);
            all.Add(substance);
            Add(substance);
        }

        All = all;
        Source = table.Source;
    }

    /// <summary>The instance that the process shares.</summary>
    public static SubstanceCatalogue Default => Shared.Value;

    /// <summary>Every drug and class, drugs first, by name.</summary>
    public IReadOnlyList<Substance> All { get; }

    /// <summary>Where the names and codes come from.</summary>
    public KnowledgeSource Source { get; }

    /// <summary>The drug or class of a name, brand or synonym.</summary>
    /// <param name="name">The name; letter case, punctuation and a salt at its end do not matter.</param>
    /// <returns>The substance, or null when none is known by that name.</returns>
    public Substance? FindByName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var key = DrugNameText.Normalise(name);
        while (key.Length > 0)
        {
            if (_names.TryGetValue(key, out var substance))
                return substance;

            var shorter = DrugNameText.WithoutSalt(key);
            if (shorter.Length == key.Length)
                return null;
            key = shorter;
        }

        return null;
    }

    /// <summary>The drug of an RxNorm ingredient id.</summary>
    /// <param name="rxNorm">The id.</param>
    /// <returns>The substance, or null when the id is not known.</returns>
    public Substance? FindByRxNorm(string rxNorm)
    {
        ArgumentNullException.ThrowIfNull(rxNorm);
        return _rxNorm.GetValueOrDefault(rxNorm.Trim());
    }

    /// <summary>The drugs of an ATC code. A code of a substance that is not known leads to the class of its group.</summary>
    /// <param name="atc">The code of a substance or a group.</param>
    /// <returns>The substances; empty when neither the code nor its group is known.</returns>
    public IReadOnlyList<Substance> FindByAtc(string atc)
    {
        ArgumentNullException.ThrowIfNull(atc);
        var code = atc.AsSpan().Trim().ToString();
        if (_atc.TryGetValue(code, out var known))
            return known;

        // Groups are prefixes: C10AA07 belongs to C10AA.
        for (var length = Math.Min(code.Length, AtcSubstanceLength) - 1; length >= 4; length--)
        {
            if (_atc.TryGetValue(code[..length], out var group) && group.Find(s => s.IsClass) is { } drugClass)
                return [drugClass];
        }

        return [];
    }

    /// <summary>The classes that a drug belongs to by its ATC codes.</summary>
    /// <param name="substance">A drug.</param>
    /// <returns>The classes; empty when no group of its codes is a known class.</returns>
    public IReadOnlyList<Substance> ClassesOf(Substance substance)
    {
        ArgumentNullException.ThrowIfNull(substance);
        return [.. All.Where(c => c.IsClass && c != substance
            && c.Atc.Any(group => substance.Atc.Any(code => code.StartsWith(group, StringComparison.OrdinalIgnoreCase))))];
    }

    internal bool IsKnownKey(string key) => _names.ContainsKey(key);

    private void Add(Substance substance)
    {
        foreach (var name in substance.OtherNames.Prepend(substance.Name))
            _names.Add(DrugNameText.Normalise(name), substance);
        if (substance.RxNorm is { } rxNorm)
            _rxNorm.Add(rxNorm, substance);
        foreach (var code in substance.Atc)
        {
            if (!_atc.TryGetValue(code, out var list))
                _atc.Add(code, list = []);
            list.Add(substance);
        }
    }
}
