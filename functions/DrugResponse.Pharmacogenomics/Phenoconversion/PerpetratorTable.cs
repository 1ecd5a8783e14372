using System.Globalization;
using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Medications;

namespace DrugResponse.Pharmacogenomics.Phenoconversion;

/// <summary>The known perpetrator drugs, what follows from them, and how long they act after the last dose.</summary>
/// <remarks>Read on first use; immutable and safe to share between threads.</remarks>
public sealed class PerpetratorTable
{
    private const string AnyDrug = "*";
    private static readonly Lazy<PerpetratorTable> Shared = new(() => new PerpetratorTable());

    private readonly Dictionary<string, int> _inhibitorWashouts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _inducerWashouts = new(StringComparer.Ordinal);
    private readonly ILookup<string, (PerpetratorDrug Drug, string[] Parts)> _byFirstPart;
    private readonly Dictionary<GeneSymbol, ConversionRule[]> _rulesByGene;

    private PerpetratorTable()
    {
        var pool = new StringPool();
        List<KnowledgeSource> sources = [];
        Drugs = ReadDrugs(pool, sources);
        Rules = ReadRules(pool, sources);
        ReadWashouts(pool, sources);
        Sources = sources;
        _rulesByGene = Rules.GroupBy(r => r.Gene).ToDictionary(g => g.Key, ConversionRule[] (g) => [.. g]);
        Genes = [.. _rulesByGene.Keys.Order()];
        _byFirstPart = Drugs.Select(d => (Drug: d, Parts: Parts(d))).ToLookup(d => d.Parts[0], StringComparer.Ordinal);
    }

    /// <summary>The instance that the process shares.</summary>
    public static PerpetratorTable Default => Shared.Value;

    /// <summary>Every known effect of a drug on an enzyme or transporter.</summary>
    public IReadOnlyList<PerpetratorDrug> Drugs { get; }

    /// <summary>What follows from a perpetrator, by gene, effect and strength.</summary>
    public IReadOnlyList<ConversionRule> Rules { get; }

    /// <summary>The genes that have rules, by symbol.</summary>
    public IReadOnlyList<GeneSymbol> Genes { get; }

    /// <summary>Where the tables come from.</summary>
    public IReadOnlyList<KnowledgeSource> Sources { get; }

    /// <summary>The effects of the drugs that a set of canonical names holds; a combination needs all its parts.</summary>
    /// <param name="names">Canonical names.</param>
    /// <returns>The effects.</returns>
    public IEnumerable<PerpetratorDrug> EffectsOf(IReadOnlySet<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return EffectsWithParts(names).Select(effect => effect.Drug);
    }

    /// <summary>The rules of a gene.</summary>
    /// <param name="gene">The gene.</param>
    /// <returns>The rules; empty when co-medication is not known to matter.</returns>
    public IReadOnlyList<ConversionRule> RulesOf(GeneSymbol gene) => _rulesByGene.GetValueOrDefault(gene) ?? [];

    /// <summary>The effects of <see cref="EffectsOf"/>, each with the canonical names of the drug's parts.</summary>
    internal IEnumerable<(PerpetratorDrug Drug, string[] Parts)> EffectsWithParts(IReadOnlySet<string> names)
    {
        foreach (var name in names)
        {
            foreach (var effect in _byFirstPart[name])
            {
                if (effect.Parts.Length == 1 || effect.Parts.All(names.Contains))
                    yield return effect;
            }
        }
    }

    /// <summary>How many days after the last dose a drug still counts.</summary>
    /// <param name="drug">The effect.</param>
    /// <returns>The days.</returns>
    public int WashoutDays(PerpetratorDrug drug)
    {
        ArgumentNullException.ThrowIfNull(drug);
        var washouts = WashoutsOf(drug.Effect);
        return Parts(drug).Max(part => washouts.TryGetValue(part, out var own) ? own : washouts[AnyDrug]);
    }

    private static string[] Parts(PerpetratorDrug drug) => drug.Drug.Split('/', StringSplitOptions.TrimEntries);

    private static List<PerpetratorDrug> ReadDrugs(StringPool pool, List<KnowledgeSource> sources)
    {
        var table = EmbeddedTable.Open("modulators");
        sources.Add(table.Source);
        List<PerpetratorDrug> drugs = [];
        var rows = table.Rows(pool);
        while (rows.Read())
        {
            var name = rows.NextText();
            var target = rows.NextText();
            var effect = EffectOf(rows.Next());
            var strength = StrengthOf(rows.Next());
            rows.Next();

            // The table names some drugs by a synonym; everything else here goes by canonical names.
            var canonical = SubstanceCatalogue.Default.FindByName(name)?.Name ?? name;
            drugs.Add(new PerpetratorDrug(
                canonical, target, effect, strength, rows.NextText(), rows.Next().SequenceEqual("yes"), rows.NextText()));
        }

        return drugs;
    }

    private static List<ConversionRule> ReadRules(StringPool pool, List<KnowledgeSource> sources)
    {
        var table = EmbeddedTable.Open("conversion_rules");
        sources.Add(table.Source);
        List<ConversionRule> rules = [];
        var rows = table.Rows(pool);
        while (rows.Read())
        {
            var gene = GeneSymbol.Parse(rows.NextText());
            var target = rows.NextText();
            var effect = EffectOf(rows.Next());
            var strength = StrengthOf(rows.Next());
            var outcome = OutcomeOf(rows.Next());
            var factor = rows.Next();
            rules.Add(new ConversionRule(
                gene, target, effect, strength, outcome,
                factor.IsEmpty ? null : decimal.Parse(factor, CultureInfo.InvariantCulture),
                rows.NextText(), rows.NextText(), rows.NextText()));
        }

        return rules;
    }

    private void ReadWashouts(StringPool pool, List<KnowledgeSource> sources)
    {
        var table = EmbeddedTable.Open("washouts");
        sources.Add(table.Source);
        var rows = table.Rows(pool);
        while (rows.Read())
        {
            var drug = rows.NextText();
            WashoutsOf(EffectOf(rows.Next())).Add(drug, int.Parse(rows.Next(), CultureInfo.InvariantCulture));
        }
    }

    private Dictionary<string, int> WashoutsOf(ModulatorEffect effect) =>
        effect == ModulatorEffect.Inducer ? _inducerWashouts : _inhibitorWashouts;

    private static ModulatorEffect EffectOf(ReadOnlySpan<char> text) => text switch
    {
        "inhibitor" => ModulatorEffect.Inhibitor,
        "inducer" => ModulatorEffect.Inducer,
        "antagonist" => ModulatorEffect.Antagonist,
        _ => throw new InvalidDataException("Phenoconversion tables: unknown effect."),
    };

    private static ModulatorStrength StrengthOf(ReadOnlySpan<char> text) => text switch
    {
        "weak" => ModulatorStrength.Weak,
        "moderate" => ModulatorStrength.Moderate,
        "strong" => ModulatorStrength.Strong,
        _ => throw new InvalidDataException("Phenoconversion tables: unknown strength."),
    };

    private static ConversionOutcome OutcomeOf(ReadOnlySpan<char> text) => text switch
    {
        "none" => ConversionOutcome.None,
        "warning" => ConversionOutcome.Warning,
        "score-factor" => ConversionOutcome.ScoreFactor,
        _ => throw new InvalidDataException("Table conversion_rules: unknown outcome."),
    };
}
