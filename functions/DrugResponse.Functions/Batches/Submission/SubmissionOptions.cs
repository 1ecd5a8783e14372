using System.Diagnostics.CodeAnalysis;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Reading;
using DrugResponse.Functions.Problems;
using DrugResponse.Pharmacogenomics.Medications;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Submission;

/// <summary>What the query and the headers of a submission say.</summary>
/// <param name="Request">What is asked for.</param>
/// <param name="Format">The form of the input.</param>
/// <param name="Upload">The upload that is the input; null when the body is.</param>
internal sealed record SubmissionOptions(BatchRequest Request, string Format, BatchId? Upload)
{
    private static readonly string[] Known = ["name", "candidates", "results", "webhook", "upload", "input"];

    /// <summary>Reads them, or says what is wrong.</summary>
    /// <param name="request">The request.</param>
    /// <param name="webhooks">Says which addresses may be called.</param>
    /// <param name="options">What was read.</param>
    /// <param name="problem">What is wrong: a query that cannot be is a bad request, drugs that are not known are invalid content.</param>
    public static bool TryRead(
        HttpRequest request,
        WebhookAddresses webhooks,
        [NotNullWhen(true)] out SubmissionOptions? options,
        [NotNullWhen(false)] out ProblemResponse? problem)
    {
        options = null;
        var query = request.Query;
        var candidates = ReadCandidates(query);
        problem = FaultOf(query, candidates) is { } fault ? ProblemResponses.BadRequest(fault) : null;
        if (problem is not null)
            return false;

        BatchId? upload = query["upload"] is [{ } text] ? BatchId.Parse(text) : null;
        var format = upload is null ? SubmissionMediaType.FormatOf(request) : query["input"][0];
        var faults = new FaultList();
        RefuseUnknownDrugs(candidates, faults);
        var webhook = webhooks.Read(query["webhook"], faults);
        if (format is null)
            problem = ProblemResponses.UnsupportedMediaType(SubmissionMediaType.Accepted);
        else if (!faults.IsEmpty)
            problem = ProblemResponses.InvalidContent(faults.ToErrors());
        if (problem is not null)
            return false;

        options = new SubmissionOptions(
            new BatchRequest
            {
                Name = query["name"] is [{ Length: > 0 } name] ? name : null,
                Candidates = candidates,
                ResultsFormat = query["results"] is [{ } results] ? results : BatchFormats.NdJson,
                Webhook = webhook,
            },
            format!,
            upload);
        return true;
    }

    private static string? FaultOf(IQueryCollection query, IReadOnlyList<string> candidates)
    {
        if (query.Keys.Any(static key => !Known.Contains(key)))
            return $"Known in the query: {string.Join(", ", Known)}.";
        if (Known.FirstOrDefault(key => key != "candidates" && query[key].Count > 1) is { } repeated)
            return $"{repeated} must stand once.";
        if (query["name"] is [{ } name] && (name.Length > BatchLimits.MaxNameLength || DeceptiveText.IsIn(name)))
            return $"name must have at most {BatchLimits.MaxNameLength} characters, and none that does not show.";
        if (query["results"] is [not (BatchFormats.NdJson or BatchFormats.Csv)])
            return $"results must be {BatchFormats.NdJson} or {BatchFormats.Csv}.";
        if (query["upload"] is [{ } upload] && !BatchId.TryParse(upload, out _))
            return "upload must be the uploadId that POST v1/batches/uploads gave.";
        if (query["upload"].Count != query["input"].Count || query["input"] is [not (BatchFormats.NdJson or BatchFormats.Csv or BatchFormats.Json)])
            return $"input goes with upload and says what was uploaded: {BatchFormats.NdJson}, {BatchFormats.Csv} or {BatchFormats.Json}.";
        return candidates.Count > BatchLimits.MaxCandidates ? $"candidates must be at most {BatchLimits.MaxCandidates} names." : null;
    }

    private static IReadOnlyList<string> ReadCandidates(IQueryCollection query) =>
    [
        .. query["candidates"].OfType<string>()
            .SelectMany(static names => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    // In a single prediction an unknown drug is a warning; here it would be a warning in every row.
    private static void RefuseUnknownDrugs(IReadOnlyList<string> candidates, FaultList faults)
    {
        foreach (var (index, name) in candidates.Index())
        {
            if (name.Length > PredictionRequestReader.MaxNameLength
                || MedicationResolver.Resolve(new MedicationEntry { Drug = name }).Substances.Count == 0)
                faults.Add(JsonPointer.Element("/candidates", index), "Is not a known drug.");
        }
    }
}
