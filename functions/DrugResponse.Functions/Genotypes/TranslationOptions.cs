using System.Diagnostics.CodeAnalysis;
using DrugResponse.Contracts.Reading;
using DrugResponse.Functions.Problems;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Prediction.Patients;

namespace DrugResponse.Functions.Genotypes;

/// <summary>What the query of a translation asks for.</summary>
/// <param name="Interpretation">Which calls to keep, and which sample of a VCF to read.</param>
/// <param name="Candidates">Drugs to give guidance for, beside those in the body; null when the query names none.</param>
internal sealed record TranslationOptions(GenotypeReadingOptions Interpretation, IReadOnlyList<string>? Candidates)
{
    /// <summary>Most drugs in the query.</summary>
    public const int MaxCandidates = 100;

    private const string Calls = "calls";
    private const string Sample = "sample";
    private const string CandidatesKey = "candidates";

    /// <summary>Reads the query, or says what is wrong with it.</summary>
    public static bool TryRead(
        IQueryCollection query, [NotNullWhen(true)] out TranslationOptions? options, [NotNullWhen(false)] out ProblemResponse? problem)
    {
        options = null;
        problem = null;
        var unknown = query.Keys.Where(key => key is not (Calls or Sample or CandidatesKey)).ToList();
        var calls = query[Calls];
        var candidates = query[CandidatesKey].OfType<string>()
            .SelectMany(names => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .ToList();
        if (unknown.Count > 0)
            problem = ProblemResponses.BadRequest($"Known in the query: {Calls}, {Sample}, {CandidatesKey}.");
        else if (calls.Count > 1 || calls is [not ("top" or "all")])
            problem = ProblemResponses.BadRequest($"{Calls} must be top or all.");
        else if (query[Sample].Count > 1)
            problem = ProblemResponses.BadRequest($"{Sample} must stand once.");
        else if (candidates.Count > MaxCandidates || candidates.Exists(name => name.Length > PredictionRequestReader.MaxNameLength))
            problem = ProblemResponses.BadRequest($"{CandidatesKey} must be at most {MaxCandidates} names.");
        else
        {
            options = new(
                new GenotypeReadingOptions(new InterpretationOptions { AllCalls = calls is ["all"] }, query[Sample] is [{ } sample] ? sample : null),
                candidates.Count > 0 ? candidates : null);
        }

        return options is not null;
    }
}
