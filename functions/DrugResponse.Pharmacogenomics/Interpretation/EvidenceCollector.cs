using System.Collections.Immutable;
using DrugResponse.Pharmacogenomics.Calling;
using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Phenotypes;
using DrugResponse.Pharmacogenomics.Vcf;

namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>Reads every part of a genotype and sorts what it says by gene.</summary>
internal sealed class EvidenceCollector(KnowledgeBase knowledge, InterpretationLog log)
{
    private const string DiplotypeSection = "diplotypes";
    private const string PhenotypeSection = "phenotypes";
    private const string ScoreSection = "activityScores";
    private const string VariantSection = "variants";

    private static readonly HashSet<string> NotTestedWords =
        new(StringComparer.OrdinalIgnoreCase) { "not tested", "no result", "not provided", "n/t" };

    private static readonly HashSet<string> NotCalledWords =
        new(StringComparer.OrdinalIgnoreCase) { "not called", "no call", "unknown", "unknown/unknown", "?/?", "./.", "failed" };

    private Dictionary<string, ObservedVariant>? _variants;

    public Dictionary<Gene, GeneEvidence> Genes { get; } = [];

    public IReadOnlyDictionary<string, ObservedVariant> Variants =>
        _variants ?? (IReadOnlyDictionary<string, ObservedVariant>)ImmutableDictionary<string, ObservedVariant>.Empty;

    public void Collect(GenotypeInput input)
    {
        foreach (var (symbol, texts) in input.Diplotypes)
        {
            if (FindGene(DiplotypeSection, symbol) is { } evidence)
                ReadDiplotypes(evidence, texts ?? []);
        }

        foreach (var (symbol, text) in input.ActivityScores)
        {
            if (FindGene(ScoreSection, symbol) is { } evidence && !IsNoResult(evidence, text))
                ReadScore(evidence, text);
        }

        foreach (var (symbol, text) in input.Phenotypes)
        {
            if (FindGene(PhenotypeSection, symbol) is { } evidence && !IsNoResult(evidence, text))
                ReadPhenotype(evidence, text);
        }

        foreach (var (rsId, text) in input.Variants)
            ReadVariant(rsId, text);

        if (input.Vcf is not null)
            ReadVcf(input.Vcf, input.VcfSample);
    }

    private GeneEvidence? FindGene(string section, string symbol)
    {
        if (knowledge.FindGene(symbol.Trim()) is not { } gene)
        {
            log.Fault(InterpretationLog.Pointer(section, symbol), $"{InterpretationLog.Quote(symbol)} is not a known gene.");
            return null;
        }

        if (Genes.TryGetValue(gene, out var evidence))
            return evidence;
        if (!gene.IsInterpreted)
        {
            log.Warn(WarningCodes.GeneNotInterpreted, InterpretationLog.Pointer(section, symbol),
                $"{gene} is known, but no allele table interprets it; the input was not used.");
            return null;
        }

        evidence = new GeneEvidence(gene);
        Genes.Add(gene, evidence);
        return evidence;
    }

    private static bool IsNoResult(GeneEvidence evidence, string? text)
    {
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length > 0 && trimmed[0] == '*')
            return false;
        if (NotTestedWords.Contains(trimmed))
            return evidence.SaidNotTested = true;

        return NotCalledWords.Contains(trimmed) && (evidence.SaidNotCalled = true);
    }

    private void ReadDiplotypes(GeneEvidence evidence, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
            log.Fault(InterpretationLog.Pointer(DiplotypeSection, evidence.Gene.Symbol.Value), $"{evidence.Gene} is empty.");

        for (var i = 0; i < texts.Count; i++)
        {
            var at = new InputPath(DiplotypeSection, evidence.Gene.Symbol.Value, texts.Count == 1 ? -1 : i);
            if (IsNoResult(evidence, texts[i]))
                continue;
            if (evidence.Gene.Method == PhenotypeMethod.Presence)
                ReadHla(evidence, texts[i], at.ToString());
            else if (!TryReadPosition(evidence, texts[i], at))
                ReadDiplotype(evidence, texts[i], at, listed: texts.Count > 1);
        }
    }

    private void ReadDiplotype(GeneEvidence evidence, string text, InputPath path, bool listed)
    {
        var reading = DiplotypeParser.Parse(evidence.Gene, text ?? "");
        if (reading.Note.Length > 0)
            log.Warn(reading.Note, path.ToString(), NoteText(evidence.Gene, reading));

        if (reading.Diplotypes.Count > 0)
        {
            evidence.Diplotypes = evidence.Diplotypes.Count == 0 ? reading.Diplotypes : [.. evidence.Diplotypes.Union(reading.Diplotypes)];
            WarnOfDerived(reading.Diplotypes, path);
        }
        else if (reading.LoneAllele is { } variant && listed && evidence.Gene.Traits.LowestFunction)
            (evidence.Variants ??= []).Add(variant);
        else
            log.Fault(path.ToString(), $"{evidence.Gene} {reading.Fault}.");
    }

    private void WarnOfDerived(IReadOnlyList<Diplotype> diplotypes, InputPath path)
    {
        foreach (var diplotype in diplotypes)
        {
            foreach (var haplotype in (ReadOnlySpan<Haplotype?>)[diplotype.First, diplotype.Second])
            {
                if (haplotype?.Derivation is HaplotypeDerivation.CopyNumber or HaplotypeDerivation.Tandem)
                {
                    log.Warn(WarningCodes.DerivedHaplotype, path.ToString(),
                        $"{haplotype.Gene} {haplotype.Name} is in no table; its activity was worked out from its parts.");
                }
            }
        }
    }

    private static string NoteText(Gene gene, DiplotypeReading reading)
    {
        var read = reading.Diplotypes.Count > 0 ? reading.Diplotypes[0].ToString() : reading.LoneAllele?.Name ?? "";
        return reading.Note switch
        {
            WarningCodes.SuballeleAsCore => $"{gene}: a sub-allele was taken as its core allele; read as {read}.",
            WarningCodes.LegacyName => $"{gene}: a former allele name was translated; read as {read}.",
            WarningCodes.AmbiguousSynonym => $"{gene}: the name fits several alleles of the same function; read as {read}.",
            WarningCodes.SurrogateVariant => $"{gene}: the variant only stands in for HapB3; read as {read}.",
            _ => $"{gene}: read as {read}.",
        };
    }

    private void ReadHla(GeneEvidence evidence, string text, string path)
    {
        if (HlaReader.Read(evidence.Gene, text) is not var (statuses, note))
        {
            log.Fault(path, $"Must be the presence of an {evidence.Gene} allele or a typing.");
            return;
        }

        if (note == WarningCodes.PresenceAssumed)
            log.Warn(note, path, $"{evidence.Gene}: an allele without a status was taken as present.");
        else if (note.Length > 0)
            log.Warn(note, path, $"{evidence.Gene}: the typing cannot tell every allele that a guideline names; two fields are needed.");

        evidence.Statuses ??= [];
        foreach (var status in statuses)
        {
            var known = evidence.Statuses.FindIndex(s => s.Allele == status.Allele);
            if (known < 0)
                evidence.Statuses.Add(status);
            else if (evidence.Statuses[known].IsPresent is null)
                evidence.Statuses[known] = status;
            else if (status.IsPresent is { } present && present != evidence.Statuses[known].IsPresent)
            {
                // Taking the risk allele as present is the safe reading of a contradiction.
                evidence.Statuses[known] = status with { IsPresent = true };
                log.Warn(WarningCodes.ConflictingInput, path,
                    $"{evidence.Gene} {status.Allele} is given as present and as absent; taken as present.");
            }
        }
    }

    private void ReadScore(GeneEvidence evidence, string text)
    {
        var path = InterpretationLog.Pointer(ScoreSection, evidence.Gene.Symbol.Value);
        if (evidence.Gene.Method != PhenotypeMethod.ActivityScore)
            log.Fault(path, $"{evidence.Gene} has no activity score.");
        else if (!ActivityScore.TryParse(text, out var score))
            log.Fault(path, "Must be an activity score: a number from 0 to 100, '≥' and a number, or 'n/a'.");
        else if (evidence.Gene.PhenotypeTable.ForScore(score) is null)
            log.Fault(path, $"Must be a score that two {evidence.Gene} alleles can have.");
        else
        {
            evidence.Score = score;
            if (evidence.Gene.PhenotypeTable.IsBetween(score))
                log.Warn(WarningCodes.UnusualScore, path, $"{evidence.Gene}: {score} lies between the scores that two alleles can have.");
        }
    }

    private void ReadPhenotype(GeneEvidence evidence, string text)
    {
        var path = InterpretationLog.Pointer(PhenotypeSection, evidence.Gene.Symbol.Value);
        if (evidence.Gene.Method == PhenotypeMethod.Presence)
        {
            if (evidence.Statuses is null)
                ReadHla(evidence, text, path);
        }
        else if (evidence.Gene.PhenotypeNames.Find(text) is { } phenotype)
            evidence.Phenotype = phenotype;
        else
            log.Fault(path, $"Must be a phenotype of {evidence.Gene}.");
    }

    /// <summary>
    /// A diplotype entry that gives the bases of one position: <c>rs9923231 C/T</c>, or <c>G/A</c> for a gene with one position.
    /// </summary>
    private bool TryReadPosition(GeneEvidence evidence, string text, InputPath path)
    {
        if (PositionText.Read(evidence.Gene, text) is not var (position, bases, codingStrand))
            return false;
        if (BasesReader.Read(position, bases) is not { } reading)
            return false;

        AddCall(evidence, position, reading, path.ToString(), warnOfStrand: !codingStrand);
        return true;
    }

    private void ReadVariant(string rsId, string text)
    {
        var path = InterpretationLog.Pointer(VariantSection, rsId);
        if (!PositionText.IsRsId(rsId.AsSpan().Trim()))
            log.Fault(path, $"{InterpretationLog.Quote(rsId)} is not an rsID.");
        else if (knowledge.FindVariant(rsId.Trim()) is not { } target)
        {
            log.Warn(WarningCodes.UnknownVariant, path,
                $"{InterpretationLog.Quote(rsId)} defines no allele of a gene that is interpreted; it was not used.");
        }
        else if (BasesReader.Read(target.Position, text ?? "") is not { } reading)
        {
            log.Fault(path, $"Must be two of the bases that can stand at {target.Position.Name}: "
                + $"{string.Join(" or ", target.Position.Bases)} on the forward strand of GRCh38.");
        }
        else
        {
            if (!Genes.TryGetValue(target.Gene, out var evidence))
                Genes.Add(target.Gene, evidence = new GeneEvidence(target.Gene));
            AddCall(evidence, target.Position, reading, path, warnOfStrand: true);
        }
    }

    private void ReadVcf(string text, string? sample)
    {
        const string Path = "/vcf";
        var reading = VcfReader.Read(text, sample, knowledge.PositionIndex);
        foreach (var fault in reading.Faults)
            log.Fault(Path, fault);
        foreach (var warning in reading.Warnings)
            log.Warn(WarningCodes.VcfRecord, Path, warning);

        foreach (var (target, call) in reading.Calls)
        {
            var position = target.Position;
            if (!Genes.TryGetValue(target.Gene, out var evidence))
                Genes.Add(target.Gene, evidence = new GeneEvidence(target.Gene));
            if (position.Index >= 0 && !evidence.Observe().AddVcf(position.Index, call, Path))
            {
                log.Warn(WarningCodes.ConflictingInput, Path,
                    $"{position.Name}: the VCF disagrees with the variant given by rsID; the latter was used.");
            }

            if (call is { IsCalled: true, IsUndocumented: false })
            {
                (_variants ??= new(StringComparer.Ordinal)).TryAdd(position.Name, new ObservedVariant(
                    position, position.Bases[call.First], call.IsSingleCopy ? null : position.Bases[call.Second]));
            }
        }
    }

    private void AddCall(GeneEvidence evidence, VariantPosition position, BasesReader.Reading reading, string path, bool warnOfStrand)
    {
        if (warnOfStrand && reading.Strand == BasesReader.Strand.Complement)
        {
            log.Warn(WarningCodes.ComplementStrand, path,
                $"{position.Name}: the bases were given on the other strand and were complemented.");
        }

        if (reading.Strand == BasesReader.Strand.Undecidable)
        {
            log.Warn(WarningCodes.PalindromicVariant, path,
                $"{position.Name}: its bases read alike on both strands; they were taken as forward.");
        }

        var call = reading.Call;
        if (call.IsCalled)
        {
            (_variants ??= new(StringComparer.Ordinal))[position.Name] = new ObservedVariant(
                position, position.Bases[call.First], call.IsSingleCopy ? null : position.Bases[call.Second]);
        }

        if (position.Index >= 0)
            evidence.Observe().AddVariant(position.Index, call, path);
    }
}
