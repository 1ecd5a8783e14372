namespace DrugResponse.Contracts.Problems;

/// <summary>Values of <see cref="Problem.Type"/>. They never change; new ones may come.</summary>
public static class ProblemTypes
{
    private const string Prefix = "urn:drugresponse:problem:";

    /// <summary>400: the body is not JSON; <see cref="Problem.Detail"/> names the position.</summary>
    public const string MalformedJson = Prefix + "malformed-json";

    /// <summary>400: the request as such is broken (a bad header, query or body framing).</summary>
    public const string BadRequest = Prefix + "bad-request";

    /// <summary>400: the input of a batch cannot be read to its end: damaged, in another encoding, or not closed.</summary>
    public const string UnreadableInput = Prefix + "unreadable-input";

    /// <summary>401: no credential was given, or none that is valid.</summary>
    public const string Unauthorized = Prefix + "unauthorized";

    /// <summary>403: the credential is valid, but its roles are not those that the resource is for.</summary>
    public const string Forbidden = Prefix + "forbidden";

    /// <summary>403: the patient objects to being scored; nothing was scored or stored.</summary>
    public const string Objection = Prefix + "objection";

    /// <summary>404: no such resource, or not one of this tenant's.</summary>
    public const string NotFound = Prefix + "not-found";

    /// <summary>405: the resource does not know the method.</summary>
    public const string MethodNotAllowed = Prefix + "method-not-allowed";

    /// <summary>409: the same idempotency key is still in work.</summary>
    public const string InProgress = Prefix + "in-progress";

    /// <summary>409: the API key was replaced by another one before.</summary>
    public const string KeyReplaced = Prefix + "key-replaced";

    /// <summary>410: what came of a row of a batch is stored damaged.</summary>
    public const string RowDamaged = Prefix + "row-damaged";

    /// <summary>413: the body is larger than the limit.</summary>
    public const string BodyTooLarge = Prefix + "body-too-large";

    /// <summary>413: the batch has more rows than a batch may have.</summary>
    public const string TooManyRows = Prefix + "too-many-rows";

    /// <summary>415: the media type is not accepted.</summary>
    public const string UnsupportedMediaType = Prefix + "unsupported-media-type";

    /// <summary>422: the body is JSON, but its content is invalid; <see cref="Problem.Errors"/> lists all faults.</summary>
    public const string InvalidContent = Prefix + "invalid-content";

    /// <summary>422: the idempotency key was used before with another body.</summary>
    public const string IdempotencyKeyReused = Prefix + "idempotency-key-reused";

    /// <summary>429: the tenant sends more than it may; go on after <c>Retry-After</c>.</summary>
    public const string TooManyRequests = Prefix + "too-many-requests";

    /// <summary>500: our fault.</summary>
    public const string InternalError = Prefix + "internal-error";

    /// <summary>503: storage does not answer; try again after <c>Retry-After</c>.</summary>
    public const string StorageUnavailable = Prefix + "storage-unavailable";

    /// <summary>503: others change the same thing at this moment; try again after <c>Retry-After</c>.</summary>
    public const string Contention = Prefix + "contention";

    /// <summary>503: the audit trail cannot be written; try again after <c>Retry-After</c>.</summary>
    public const string AuditUnavailable = Prefix + "audit-unavailable";

    /// <summary>503: the issuer of bearer tokens does not answer; try again after <c>Retry-After</c>.</summary>
    public const string IssuerUnavailable = Prefix + "issuer-unavailable";

    /// <summary>503: models are not loaded yet; try again after <c>Retry-After</c>.</summary>
    public const string ModelsUnavailable = Prefix + "models-unavailable";
}
