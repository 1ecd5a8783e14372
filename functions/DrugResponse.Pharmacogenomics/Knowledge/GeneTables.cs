using System.Globalization;
using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>Reads the gene tables and puts each gene together.</summary>
internal sealed class GeneTables
{
    private readonly StringPool _pool = new();
    private readonly Dictionary<string, GeneFacts> _facts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AlleleFunction> _functions = new(StringComparer.Ordinal);
    private readonly List<KnowledgeSource> _sources = [];

    public IReadOnlyList<KnowledgeSource> Sources => _sources;

    public IReadOnlyList<Gene> Read()
    {
        ReadGenes();
        ReadAlleles();
        ReadAliases();
        ReadPositions();
        ReadDefinitions();
        ReadRules();
        ReadExceptions();
        ReadPhenotypeAliases();
        return [.. _facts.Values.Select(f => new Gene(f))];
    }

    private EmbeddedTable.RowReader Open(string name)
    {
        var table = EmbeddedTable.Open(name);
        _sources.Add(table.Source);
        return table.Rows(_pool);
    }

    private GeneFacts FactsOf(ReadOnlySpan<char> gene) => _facts[_pool.Get(gene)];

    private void ReadGenes()
    {
        var rows = Open("genes");
        while (rows.Read())
        {
            var facts = new GeneFacts
            {
                Symbol = GeneSymbol.Parse(rows.NextText()),
                Chromosome = rows.NextText(),
                SequenceId = rows.NextText(),
                Method = MethodOf(rows.Next()),
                Lookup = LookupOf(rows.Next()),
                NormalResult = rows.NextText(),
                Ploidy = PloidyOf(rows.Next()),
                Calling = CallingOf(rows.Next()),
                HasCopyNumbers = !rows.Next().IsEmpty,
                DefinitionDate = rows.NextText(),
                RuleSource = rows.NextText(),
            };
            _facts.Add(facts.Symbol.Value, facts);
        }
    }

    private void ReadAlleles()
    {
        var rows = Open("alleles");
        while (rows.Read())
        {
            var facts = FactsOf(rows.Next());
            var name = rows.NextText();
            var function = FunctionOf(rows.NextText());
            var activity = rows.Next();
            ActivityScore? value = activity.IsEmpty && facts.Method != PhenotypeMethod.ActivityScore ? null
                : ActivityScore.TryParse(activity, out var score) ? score
                : throw new InvalidDataException($"Table alleles: activity of {facts.Symbol} {name}.");
            facts.Haplotypes.Add(new Haplotype(
                facts.Symbol,
                name,
                facts.HasCopyNumbers ? HaplotypeNames.ComponentsOf(name) : [new StarAllele(name, CopyNumber.One)],
                function,
                value,
                HaplotypeDerivation.Table,
                facts.Haplotypes.Count)
            {
                IsReference = !rows.Next().IsEmpty || (facts.Ploidy == Ploidy.Mitochondrial && name == "Reference"),
            });
        }
    }

    private void ReadAliases()
    {
        var rows = Open("allele_aliases");
        while (rows.Read())
            FactsOf(rows.Next()).Aliases.Add(new AlleleAlias(rows.NextText(), rows.NextText(), rows.NextText()));
    }

    private void ReadPositions()
    {
        var rows = Open("positions");
        while (rows.Read())
        {
            var facts = FactsOf(rows.Next());
            var position = int.Parse(rows.Next(), CultureInfo.InvariantCulture);
            var rsId = rows.NextText();
            var reference = rows.NextText();
            string[] bases = [reference, .. SplitTexts(rows.Next(), ',')];
            var referenceBases = rows.Next();
            var mask = referenceBases.IsEmpty ? 1u : MaskOf(bases, referenceBases, facts.Symbol);
            facts.Positions.Add(new VariantPosition(
                facts.Positions.Count, facts.Chromosome, position, rsId, bases, mask, rows.NextText()));
        }
    }

    private void ReadDefinitions()
    {
        var rows = Open("definitions");
        while (rows.Read())
        {
            var facts = FactsOf(rows.Next());
            var name = rows.NextText();
            var haplotype = facts.Haplotypes.Find(h => h.Name == name)!;
            var text = rows.Next();
            var count = text.SequenceEqual("reference") ? 0 : text.Count(' ') + 1;
            var (defining, bases) = (new int[count], new uint[count]);
            var items = new TextSplitter(text, ' ');
            for (var i = 0; i < count && items.Next(); i++)
            {
                var equals = items.Current.IndexOf('=');
                defining[i] = IndexOf(facts, int.Parse(items.Current[..equals], CultureInfo.InvariantCulture));
                bases[i] = MaskOf(facts.Positions[defining[i]].Bases, items.Current[(equals + 1)..], facts.Symbol);
            }

            facts.Definitions.Add(new DefinitionFacts(haplotype, defining, bases));
        }
    }

    private void ReadRules()
    {
        var rows = Open("phenotype_rules");
        while (rows.Read())
        {
            var facts = FactsOf(rows.Next());
            var kind = KindOf(rows.Next());
            var first = rows.NextText();
            var second = rows.NextText();
            var interval = rows.Next();
            var scores = interval.IsEmpty ? null : ScoreInterval.Parse(interval);
            var term = rows.NextText();
            var phenotype = facts.Rules.Find(r => r.Phenotype.Term == term)?.Phenotype ?? new Phenotype(term);
            facts.Rules.Add(new PhenotypeRule(kind, first, second, scores, phenotype));
        }
    }

    private void ReadExceptions()
    {
        var rows = Open("calling_exceptions");
        while (rows.Read())
            FactsOf(rows.Next()).Exemptions.Add(new CallingExemption(rows.NextText(), rows.NextText(), rows.NextText()));
    }

    private void ReadPhenotypeAliases()
    {
        var rows = Open("phenotype_aliases");
        while (rows.Read())
        {
            var gene = rows.Next();
            var alias = new PhenotypeAlias(rows.NextText(), rows.NextText());
            if (!gene.IsEmpty)
                FactsOf(gene).PhenotypeAliases.Add(alias);
            else
            {
                foreach (var facts in _facts.Values)
                    facts.PhenotypeAliases.Add(alias);
            }
        }
    }

    private AlleleFunction FunctionOf(string term)
    {
        if (term == AlleleFunction.NotAssigned.Term)
            return AlleleFunction.NotAssigned;
        if (!_functions.TryGetValue(term, out var function))
            _functions.Add(term, function = new AlleleFunction(term));
        return function;
    }

    private string[] SplitTexts(ReadOnlySpan<char> text, char separator)
    {
        List<string> parts = [];
        var items = new TextSplitter(text, separator);
        while (items.Next())
            parts.Add(_pool.Get(items.Current));
        return [.. parts];
    }

    /// <summary>Positions of a gene are sorted, so a position is found by halving.</summary>
    private static int IndexOf(GeneFacts facts, int position)
    {
        int low = 0, high = facts.Positions.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = facts.Positions[middle].Position;
            if (found == position)
                return middle;
            if (found < position)
                low = middle + 1;
            else
                high = middle - 1;
        }

        throw new InvalidDataException($"Table definitions: {facts.Symbol} has no position {position}.");
    }

    private static uint MaskOf(IReadOnlyList<string> bases, ReadOnlySpan<char> wanted, GeneSymbol gene)
    {
        var mask = 0u;
        var items = new TextSplitter(wanted, ',');
        while (items.Next())
        {
            var code = -1;
            for (var i = 0; i < bases.Count && code < 0; i++)
                code = items.Current.SequenceEqual(bases[i]) ? i : -1;
            if (code < 0)
                throw new InvalidDataException($"Table positions: bases of {gene} that no allele has.");
            mask |= 1u << code;
        }

        return mask;
    }

    private static PhenotypeMethod MethodOf(ReadOnlySpan<char> text) => text switch
    {
        "activity-score" => PhenotypeMethod.ActivityScore,
        "function-pair" => PhenotypeMethod.FunctionPair,
        "genotype" => PhenotypeMethod.Genotype,
        "allele-status" => PhenotypeMethod.AlleleStatus,
        "presence" => PhenotypeMethod.Presence,
        "none" => PhenotypeMethod.None,
        _ => throw new InvalidDataException("Table genes: unknown method."),
    };

    private static RecommendationLookup LookupOf(ReadOnlySpan<char> text) => text switch
    {
        "phenotype" => RecommendationLookup.Phenotype,
        "activity-score" => RecommendationLookup.ActivityScore,
        "allele-status" => RecommendationLookup.AlleleStatus,
        "" => RecommendationLookup.None,
        _ => throw new InvalidDataException("Table genes: unknown look-up."),
    };

    private static Ploidy PloidyOf(ReadOnlySpan<char> text) => text switch
    {
        "diploid" => Ploidy.Diploid,
        "x-linked" => Ploidy.XLinked,
        "mitochondrial" => Ploidy.Mitochondrial,
        "" => Ploidy.Unknown,
        _ => throw new InvalidDataException("Table genes: unknown ploidy."),
    };

    private static CallingMethod CallingOf(ReadOnlySpan<char> text) => text switch
    {
        "variants" => CallingMethod.Variants,
        "outside-call" => CallingMethod.OutsideCall,
        "none" => CallingMethod.None,
        _ => throw new InvalidDataException("Table genes: unknown calling."),
    };

    private static PhenotypeRuleKind KindOf(ReadOnlySpan<char> text) => text switch
    {
        "pair" => PhenotypeRuleKind.FunctionPair,
        "single" => PhenotypeRuleKind.SingleFunction,
        "score" => PhenotypeRuleKind.Score,
        "score-between" => PhenotypeRuleKind.ScoreBetween,
        "score-missing" => PhenotypeRuleKind.ScoreMissing,
        "presence" => PhenotypeRuleKind.Presence,
        _ => throw new InvalidDataException("Table phenotype_rules: unknown rule."),
    };
}
