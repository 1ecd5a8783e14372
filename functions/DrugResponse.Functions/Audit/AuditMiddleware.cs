using System.Globalization;
using DrugResponse.Contracts.Audit;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage;
using DrugResponse.Storage.Audit;
using DrugResponse.Storage.Patients;

namespace DrugResponse.Functions.Audit;

/// <summary>Audits every request of a caller that is known, whatever came of it.</summary>
internal sealed class AuditMiddleware(RequestDelegate next, AuditTrail trail, TimeProvider clock)
{

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata is not { } metadata
            || metadata.GetMetadata<FunctionMetadata>() is not { } function
            || Caller.Of(context) is not { } caller)
        {
            await next(context);
            return;
        }

        if (trail.IsOverdue)
        {
            await ProblemResponses.AuditUnavailable().ExecuteAsync(context);
            return;
        }

        RouteIds.Note(context);
        if (metadata.GetMetadata<AuditedFirst>() is not null)
            await trail.RecordAsync(caller.Tenant, Describe(context, function, caller, AuditOutcomes.Begun), context.RequestAborted);
        var outcome = StatusCodes.Status500InternalServerError;
        try
        {
            await next(context);
            outcome = context.Response.StatusCode;
        }
        catch (Exception exception)
        {
            outcome = StatusOf(exception, context);
            throw;
        }
        finally
        {
            trail.Record(caller.Tenant, Describe(context, function, caller, outcome.ToString(CultureInfo.InvariantCulture)));
        }
    }

    // What the exception becomes further out.
    private static int StatusOf(Exception exception, HttpContext context)
    {
        if (context.RequestAborted.IsCancellationRequested)
            return StatusCodes.Status499ClientClosedRequest;
        if (exception is BadHttpRequestException bad)
            return bad.StatusCode;
        return exception is ContentionException || StorageOutage.IsOutage(exception, context.RequestAborted)
            ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status500InternalServerError;
    }

    private AuditEntry Describe(HttpContext context, FunctionMetadata function, Caller caller, string outcome)
    {
        var note = AuditNote.Of(context);
        return new AuditEntry
        {
            At = clock.GetUtcNow(),
            Who = caller.Name,
            Roles = caller.Roles,
            Action = function.FunctionName,
            Outcome = outcome,
            PatientKey = note.PatientKey,
            Resource = note.Resource,
            RequestHash = note.RequestHash,
            Models = note.Models,
            Knowledge = note.Knowledge,
            Purpose = note.Purpose,
            Count = note.Count,
            TraceId = context.TraceIdentifier,
        };
    }
}

/// <summary>Marks an endpoint that begins only once it is written down that it was asked to.</summary>
internal sealed record AuditedFirst
{
    /// <summary>The mark.</summary>
    public static AuditedFirst Instance { get; } = new();
}
