namespace DrugResponse.Functions.Audit;

/// <summary>
/// What is to stand in the audit entry of a request beside what is known of every request. The ids in the path are noted already
/// (<see cref="RouteIds"/>); endpoints take it as a parameter to note the rest. Not thread-safe.
/// </summary>
internal sealed class AuditNote
{
    /// <summary>The patient's key.</summary>
    public string? PatientKey { get; set; }

    /// <summary>Id of the prediction, batch, key or model.</summary>
    public string? Resource { get; set; }

    /// <summary>Keyed hash of the request.</summary>
    public string? RequestHash { get; set; }

    /// <summary>Names and versions of the models that were used.</summary>
    public string? Models { get; set; }

    /// <summary>Version of the pharmacogenomic tables that were used.</summary>
    public string? Knowledge { get; set; }

    /// <summary>What the caller said that the scoring is for.</summary>
    public string? Purpose { get; set; }

    /// <summary>How many patients or rows it was about.</summary>
    public long? Count { get; set; }

    /// <summary>Gives an endpoint the note of its request.</summary>
    /// <param name="context">The request.</param>
    public static ValueTask<AuditNote?> BindAsync(HttpContext context) => ValueTask.FromResult<AuditNote?>(Of(context));

    /// <summary>The note of a request.</summary>
    /// <param name="context">The request.</param>
    public static AuditNote Of(HttpContext context)
    {
        if (context.Features.Get<AuditNote>() is not { } note)
            context.Features.Set(note = new AuditNote());
        return note;
    }
}
