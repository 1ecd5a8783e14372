namespace DrugResponse.Pharmacogenomics.Medications;

/// <summary>A drug ingredient, a fixed combination of ingredients, or a class of drugs that records name.</summary>
public sealed class Substance
{
    internal Substance(string name, bool isClass, string? rxNorm, IReadOnlyList<string> atc, IReadOnlyList<string> otherNames)
    {
        Name = name;
        IsClass = isClass;
        RxNorm = rxNorm;
        Atc = atc;
        OtherNames = otherNames;
    }

    /// <summary>The canonical name: the lower-case ingredient of RxNorm and CPIC (<c>rifampin</c>), or a class (<c>statin</c>).</summary>
    public string Name { get; }

    /// <summary>Whether this is a class, not a drug.</summary>
    public bool IsClass { get; }

    /// <summary>The RxNorm ingredient id; null when not recorded.</summary>
    public string? RxNorm { get; }

    /// <summary>ATC codes: of the substance, or of the groups that make up a class.</summary>
    public IReadOnlyList<string> Atc { get; }

    /// <summary>Synonyms and brand names.</summary>
    public IReadOnlyList<string> OtherNames { get; }

    /// <summary>For a fixed combination its parts; otherwise the name itself.</summary>
    public IReadOnlyList<string> Parts => Name.Contains('/', StringComparison.Ordinal)
        ? Name.Split('/', StringSplitOptions.TrimEntries)
        : [Name];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
