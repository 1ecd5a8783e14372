using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Batches.Results;
using DrugResponse.Functions.Batches.Status;
using DrugResponse.Functions.Batches.Submission;
using DrugResponse.Functions.Batches.Summary;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.OpenApi;
using DrugResponse.Functions.Problems;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace DrugResponse.Functions.Batches;

/// <summary>The HTTP routes of batches, with what the API's description says of them.</summary>
internal static class BatchEndpoints
{
    private const string Tag = "Batches";

    private static readonly AnswerHeader Location = AnswerHeaders.LocationOf("/api/v1/batches/22eadd71c24f14b4090bf88734b84325");

    private static readonly ParameterDescription Format = new(
        "format", ParameterLocation.Query, "The form of the answer; that of the submission's `results` when absent.", BatchFormats.NdJson)
    {
        Values = [BatchFormats.NdJson, BatchFormats.Csv],
    };

    private static readonly ParameterDescription Formulas = new(
        "formulas",
        ParameterLocation.Query,
        "`keep`: text in CSV is left as it is, also where a spreadsheet would run it. For programs; without it such text gets an apostrophe before it.",
        "keep")
    {
        Values = ["keep"],
    };

    private static readonly ParameterDescription AfterLine = new(
        "after",
        ParameterLocation.Query,
        "The `line` of the last row that the caller has, or what the `Link` header says; absent from the start.",
        "2000")
    {
        Form = new() { Pattern = "^[0-9]{1,19}$", Format = "int64" },
    };

    private static readonly ParameterDescription BatchId = new(
        "batchId", ParameterLocation.Path, "The `batchId` of the submission's answer.", "22eadd71c24f14b4090bf88734b84325")
    {
        Form = KnownTexts.BatchId,
    };

    private static readonly ParameterDescription Name = new(
        "name",
        ParameterLocation.Query,
        $"A name for the batch, at most {BatchLimits.MaxNameLength} characters, without patient data.",
        "arm-A")
    {
        Form = new() { MaxLength = BatchLimits.MaxNameLength },
    };

    private static readonly ParameterDescription Webhook = new(
        "webhook",
        ParameterLocation.Query,
        "An https address that is called, signed, when the batch has ended. Its host must be one that the service is set up for.",
        "https://sponsor.example/hooks/drugresponse")
    {
        Form = new() { MaxLength = BatchLimits.MaxWebhookLength, Format = "uri" },
    };

    private static readonly ParameterDescription Upload = new(
        "upload",
        ParameterLocation.Query,
        "The `uploadId` of an upload that is the input, in place of a body.",
        "22eadd71c24f14b4090bf88734b84325")
    {
        Form = KnownTexts.BatchId,
    };

    /// <summary>Maps submissions.</summary>
    public static void MapSubmission(IEndpointRouteBuilder api)
    {
        api.MapPost("v1/batches", SubmitBatch.HandleAsync)
            .WithMetadata(new RequestSizeLimitAttribute(BatchLimits.MaxBodyBytes))
            .WithFunction("SubmitBatch")
            .ForRoles(CallerRoles.Sponsor, CallerRoles.Admin)
            .Describe(
                Tag,
                "Submits a cohort",
                "Each row is the body of a prediction, with its own `rowId`. Answers as soon as the input is safe; then watch the batch at `Location`. "
                + "At most 100 MiB, also compressed by gzip; a larger input is uploaded first (`POST v1/batches/uploads`).")
            .WithParameter(CommonParameters.IdempotencyKey)
            .WithParameter(Name)
            .WithParameter(CommonParameters.Candidates("Drugs to score in every row", "warfarin", BatchLimits.MaxCandidates))
            .WithParameter(new("results", ParameterLocation.Query, "The form in which results come.", BatchFormats.NdJson) { Values = [BatchFormats.NdJson, BatchFormats.Csv] })
            .WithParameter(Webhook)
            .WithParameter(Upload)
            .WithParameter(new("input", ParameterLocation.Query, "With `upload`: what was uploaded.", BatchFormats.NdJson) { Values = [BatchFormats.NdJson, BatchFormats.Csv, BatchFormats.Json] })
            .AcceptsText("application/x-ndjson", "One JSON object per line.")
            .AcceptsText("text/csv", "A header and rows; a column is named by the path of its member: `patient.ageYears`, `genotype.diplotypes.CYP2C9`.")
            .AcceptsText("application/json", "One JSON array of objects.")
            .Answers<BatchStatus>(StatusCodes.Status202Accepted, "The batch; its input is safe.", Location, AnswerHeaders.RetryAfter)
            .Refuses(static () =>
            [
                ProblemResponses.BadRequest("results must be ndjson or csv."),
                ProblemResponses.UnreadableInput("The gzip data is damaged, or its end is missing."), ProblemResponses.InProgress(),
                ProblemResponses.BodyTooLarge(BatchLimits.MaxBodyBytes), ProblemResponses.TooManyRows(1_000_000),
                ProblemResponses.UnsupportedMediaType(SubmissionMediaType.Accepted), ProblemResponses.NoRows(),
                ProblemResponses.InvalidContent(new Dictionary<string, IReadOnlyList<string>> { ["/candidates/0"] = ["Is not a known drug."] }),
                ProblemResponses.IdempotencyKeyReused(), .. CommonProblems.Storage,
            ]);
        api.MapPost("v1/batches/uploads", CreateBatchUpload.HandleAsync)
            .WithFunction("CreateBatchUpload")
            .ForRoles(CallerRoles.Sponsor, CallerRoles.Admin)
            .Describe(Tag, "Gives an address for a large input", "The address takes a block blob of up to 2 GiB, which `POST v1/batches?upload=` then submits.")
            .Answers<BatchUpload>(StatusCodes.Status201Created, "The address.")
            .Refuses(static () => CommonProblems.Storage);
    }

    /// <summary>Maps status and cancellation.</summary>
    public static void MapStatus(IEndpointRouteBuilder api)
    {
        api.MapGet("v1/batches", ListBatches.HandleAsync)
            .WithFunction("ListBatches")
            .ForRoles(CallerRoles.Sponsor, CallerRoles.Admin)
            .Describe(Tag, "Lists batches", $"Newest first, {ListBatches.PageSize} a page.")
            .WithParameter(CommonParameters.After with { Example = "22eadd71c24f14b4090bf88734b84325", Form = KnownTexts.BatchId })
            .Answers<BatchList>(StatusCodes.Status200OK, "A page of batches.")
            .Refuses(static () => [ProblemResponses.BadRequest("after must be a token that an earlier page gave."), .. CommonProblems.Storage]);
        api.MapGet("v1/batches/{batchId}", GetBatch.HandleAsync)
            .WithFunction("GetBatch")
            .ForRoles(CallerRoles.Sponsor, CallerRoles.Admin)
            .Describe(Tag, "Says how far a batch is", "State, counts, pace, and when it will be done.")
            .WithParameter(BatchId)
            .Answers<BatchStatus>(StatusCodes.Status200OK, "The batch.")
            .Refuses(NotFoundOrStorage);
        api.MapDelete("v1/batches/{batchId}", CancelBatch.HandleAsync)
            .WithFunction("CancelBatch")
            .ForRoles(CallerRoles.Sponsor, CallerRoles.Admin)
            .Describe(Tag, "Cancels a batch", "What is done stays done; a batch that has ended stays as it is.")
            .WithParameter(BatchId)
            .Answers<BatchStatus>(StatusCodes.Status202Accepted, "It will be cancelled within seconds.")
            .Answers<BatchStatus>(StatusCodes.Status200OK, "It had ended before.")
            .Refuses(NotFoundOrStorage);
    }

    /// <summary>Maps results, errors and summary.</summary>
    public static void MapReading(IEndpointRouteBuilder api)
    {
        DescribeLines(api.MapGet("v1/batches/{batchId}/results", GetBatchResults.HandleAsync).WithFunction("GetBatchResults").ForRoles(CallerRoles.Sponsor, CallerRoles.Admin))
            .Describe(Tag, "Reads results", "In the order of the input. A `Link` header with `rel=\"next\"` says where to go on when more is to come.")
            .AnswersLines<BatchResultLine>(StatusCodes.Status200OK, "One result a line.");
        DescribeLines(api.MapGet("v1/batches/{batchId}/errors", GetBatchErrors.HandleAsync).WithFunction("GetBatchErrors").ForRoles(CallerRoles.Sponsor, CallerRoles.Admin))
            .Describe(Tag, "Reads errors", "In the order of the input. A `Link` header with `rel=\"next\"` says where to go on when more is to come.")
            .AnswersLines<BatchErrorLine>(StatusCodes.Status200OK, "One faulty row a line.");
        api.MapGet("v1/batches/{batchId}/summary", GetBatchSummary.HandleAsync)
            .WithFunction("GetBatchSummary")
            .ForRoles(CallerRoles.Sponsor, CallerRoles.Admin)
            .Describe(Tag, "Summarises the cohort", "Distributions per drug and endpoint, guideline actions, phenotypes, subgroups, and enrichment by predicted response.")
            .WithParameter(BatchId)
            .Answers<BatchSummary>(StatusCodes.Status200OK, "The summary of what is scored so far.")
            .Refuses(NotFoundOrStorage);
    }

    private static RouteHandlerBuilder DescribeLines(RouteHandlerBuilder endpoint) => endpoint
        .WithParameter(BatchId)
        .WithParameter(AfterLine)
        .WithParameter(Format)
        .WithParameter(Formulas)
        .Refuses(static () => 
            [
                ProblemResponses.BadRequest("format must be ndjson or csv."), ProblemResponses.DamagedRow(2), .. NotFoundOrStorage(),
            ]);

    private static IEnumerable<ProblemResponse> NotFoundOrStorage() => [ProblemResponses.NotFound(), .. CommonProblems.Storage];
}
