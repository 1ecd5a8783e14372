using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Calling;

/// <summary>Calls the named alleles of a gene from the bases at its positions, with the gene's published exceptions.</summary>
internal static class GeneCaller
{
    /// <summary>No position of the gene was called.</summary>
    public const string NoPositionCalled = "no-position-called";

    /// <summary>A position without which no call is made was not called.</summary>
    public const string RequiredPositionMissing = "required-position-missing";

    /// <summary>A base that no definition knows was found.</summary>
    public const string UndocumentedVariation = "undocumented-variation";

    /// <summary>The calls fit no pair of defined alleles.</summary>
    public const string NoMatchingDiplotype = "no-matching-diplotype";

    /// <summary>The gene cannot be called from variants at all.</summary>
    public const string NotCallableFromVariants = "not-callable-from-variants";

    /// <summary>Calls a gene.</summary>
    /// <param name="gene">The gene.</param>
    /// <param name="observed">One call for each of its positions.</param>
    /// <param name="fromPanel">
    /// Whether single variants were typed by rsID, so that most positions are missing: then alleles whose positions were all typed are
    /// preferred to alleles that share only some of them.
    /// </param>
    /// <returns>The matches, or why there are none.</returns>
    public static CallingOutcome Call(Gene gene, ReadOnlySpan<PositionCall> observed, bool fromPanel)
    {
        if (gene.Calling == CallingMethod.OutsideCall && gene.Ploidy != Ploidy.Mitochondrial)
            return new CallingOutcome { Reason = NotCallableFromVariants };

        List<(string, string)> notes = [];
        var calls = Usable(gene, observed, notes, out var reason);
        var missing = MissingPositions(gene, calls);
        if (reason is not null)
            return NoCall(gene, calls, reason, missing, notes);

        if (gene.Traits.LowestFunction)
        {
            var listed = LowestFunctionCaller.Call(gene, calls);
            return listed with { Missing = missing, Notes = [.. notes, .. listed.Notes] };
        }

        var matches = AlleleMatcher.Match(gene, calls);
        if (fromPanel)
            matches = PanelPreference.Apply(gene, matches, calls);

        if (matches.Count == 0)
            return NoCall(gene, calls, NoMatchingDiplotype, missing, notes);

        return new CallingOutcome
        {
            Matches = matches,
            Preferred = fromPanel ? null : UnphasedPriority(gene, matches, calls),
            Missing = missing,
            Notes = notes,
        };
    }

    /// <summary>No call; but where one position decides the phenotype (SLCO1B1 rs4149056) it speaks alone.</summary>
    private static CallingOutcome NoCall(
        Gene gene, PositionCall[] calls, string reason, List<MissingPosition> missing, List<(string, string)> notes)
    {
        var position = gene.Traits.FallbackPosition;
        if (position < 0 || calls[position] is not { IsCalled: true, IsUndocumented: false } call)
            return new CallingOutcome { Reason = reason, Missing = missing, Notes = notes };

        var variant = gene.Definitions.First(d => d.Defining is [var only] && only == position).Haplotype;
        notes.Add((WarningCodes.FallbackPosition,
            $"{gene}: no diplotype could be called; the phenotype follows from {gene.Positions[position].Name} alone."));
        return new CallingOutcome
        {
            Reason = reason,
            Fallback = new Diplotype(call.First == 0 ? gene.Reference! : variant, call.Second == 0 ? gene.Reference! : variant),
            Missing = missing,
            Notes = notes,
        };
    }

    private static PositionCall[] Usable(
        Gene gene, ReadOnlySpan<PositionCall> observed, List<(string, string)> notes, out string? reason)
    {
        var calls = observed.ToArray();
        var called = 0;
        reason = null;
        for (var i = 0; i < calls.Length; i++)
        {
            if (gene.Traits.IsIgnored(i))
                calls[i] = default;
            if (calls[i].IsUndocumented)
            {
                notes.Add((WarningCodes.UndocumentedVariation, $"{gene}: a base at {gene.Positions[i].Name} is in no allele definition"
                    + (gene.Traits.UndocumentedAsReference ? " and was counted as reference." : ".")));
                if (gene.Traits.UndocumentedAsReference)
                    calls[i] = calls[i].WithUndocumentedAsReference();
                else
                    reason = UndocumentedVariation;
            }

            called += calls[i].IsCalled ? 1 : 0;
        }

        if (called == 0)
            reason = NoPositionCalled;
        else if (gene.Traits.RequiredPositions.Any(p => !calls[p].IsCalled))
            reason = RequiredPositionMissing;
        return calls;
    }

    /// <summary>Of diplotypes that unphased data cannot tell apart the tables may name the one to report.</summary>
    private static AlleleMatch? UnphasedPriority(Gene gene, List<AlleleMatch> matches, ReadOnlySpan<PositionCall> calls)
    {
        if (gene.Traits.UnphasedPriorities.Count == 0 || matches.Count < 2 || LowestFunctionCaller.IsPhased(calls))
            return null;

        var names = matches.ToDictionary(m => m.Diplotype.ToString(), StringComparer.Ordinal);
        foreach (var priority in gene.Traits.UnphasedPriorities)
        {
            if (priority.Diplotypes.All(names.ContainsKey))
                return names[priority.Chosen];
        }

        return null;
    }

    private static List<MissingPosition> MissingPositions(Gene gene, ReadOnlySpan<PositionCall> calls)
    {
        List<MissingPosition> missing = [];
        var complete = true;
        foreach (var call in calls)
            complete &= call.IsCalled;
        if (complete)
            return missing;

        List<AlleleDefinition> open = [];
        foreach (var definition in gene.Definitions)
        {
            if (!definition.Haplotype.IsReference && AlleleMatcher.Fits(definition, calls))
                open.Add(definition);
        }

        for (var i = 0; i < calls.Length; i++)
        {
            if (calls[i].IsCalled || gene.Traits.IsIgnored(i))
                continue;

            var position = gene.Positions[i];
            string[] alleles = [.. open.Where(d => d.Defining.Contains(i)).Select(d => d.Haplotype).Order().Select(h => h.Name)];
            missing.Add(new MissingPosition(
                position.Name, position.Chromosome, position.Position, alleles, alleles.Any(gene.Traits.IsTier1)));
        }

        return missing;
    }
}
