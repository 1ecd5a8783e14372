using System.Globalization;
using DrugResponse.Contracts.Problems;

namespace DrugResponse.Functions.Problems;

/// <summary>The problems this app answers with, each declared once.</summary>
internal static class ProblemResponses
{
    private static readonly TimeSpan StorageRetryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ContentionRetryAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ModelsRetryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IssuerRetryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan InProgressRetryAfter = TimeSpan.FromSeconds(1);

    public static ProblemResponse MalformedJson(string detail) =>
        Create(ProblemTypes.MalformedJson, StatusCodes.Status400BadRequest, "The body is not valid JSON.", detail);

    public static ProblemResponse BadRequest(string detail) =>
        Create(ProblemTypes.BadRequest, StatusCodes.Status400BadRequest, "The request is not valid HTTP for this resource.", detail);

    public static ProblemResponse UnreadableInput(string detail) =>
        Create(ProblemTypes.UnreadableInput, StatusCodes.Status400BadRequest, "The input cannot be read to its end.", detail);

    public static ProblemResponse Unauthorized() =>
        Create(
            ProblemTypes.Unauthorized,
            StatusCodes.Status401Unauthorized,
            "No valid credential was given.",
            "Send an API key in the header x-functions-key, or a bearer token where the service takes them.");

    public static ProblemResponse Forbidden() =>
        Create(ProblemTypes.Forbidden, StatusCodes.Status403Forbidden, "The credential has none of the roles that this resource is for.");

    public static ProblemResponse Objection() =>
        Create(
            ProblemTypes.Objection,
            StatusCodes.Status403Forbidden,
            "The patient objects to being scored.",
            "The objection was recorded with PUT v1/patients/{patientKey}/consent and can be withdrawn there. Nothing was scored or stored.");

    public static ProblemResponse NotFound() =>
        Create(ProblemTypes.NotFound, StatusCodes.Status404NotFound, "There is no such resource.");

    public static ProblemResponse MethodNotAllowed() =>
        Create(ProblemTypes.MethodNotAllowed, StatusCodes.Status405MethodNotAllowed, "The resource does not know this method.");

    public static ProblemResponse InProgress() =>
        Create(ProblemTypes.InProgress, StatusCodes.Status409Conflict, "A request with this Idempotency-Key is still in work.") with
        {
            RetryAfter = InProgressRetryAfter,
        };

    public static ProblemResponse KeyReplaced() =>
        Create(
            ProblemTypes.KeyReplaced,
            StatusCodes.Status409Conflict,
            "Another key has taken this one's place already.",
            "No key was made. GET v1/keys names the other one as replacedBy; rotate that, or make a new key with POST v1/keys.");

    public static ProblemResponse BodyTooLarge(long limit) =>
        Create(
            ProblemTypes.BodyTooLarge,
            StatusCodes.Status413PayloadTooLarge,
            "The body is too large.",
            string.Create(CultureInfo.InvariantCulture, $"The limit is {limit} bytes."));

    public static ProblemResponse TooManyRows(long limit) =>
        Create(
            ProblemTypes.TooManyRows,
            StatusCodes.Status413PayloadTooLarge,
            "The batch has too many rows.",
            string.Create(CultureInfo.InvariantCulture, $"The limit is {limit} rows; send the rest as another batch."));

    public static ProblemResponse NoRows(string? detail = null) =>
        Create(ProblemTypes.InvalidContent, StatusCodes.Status422UnprocessableEntity, "The batch has no rows.", detail);

    public static ProblemResponse InputLost() =>
        Create(ProblemTypes.InternalError, StatusCodes.Status500InternalServerError, "The stored input of the batch cannot be read any more.");

    // No 5xx: trying again does not help, and clients do.
    public static ProblemResponse DamagedRow(long line) =>
        Create(
            ProblemTypes.RowDamaged,
            StatusCodes.Status410Gone,
            "What came of a row of the batch is stored and cannot be read any more.",
            string.Create(
                CultureInfo.InvariantCulture,
                $"It is the row at line {line} of the input. Rows before it were given out; ?after={line} goes on behind it."));

    public static ProblemResponse SummaryLost() =>
        Create(
            ProblemTypes.InternalError,
            StatusCodes.Status500InternalServerError,
            "What the summary of the batch is made of is stored and cannot be read any more.",
            "The status of the batch and the results of its rows are kept apart from it: they can be read.");

    public static ProblemResponse UploadUnreadable(int readings) =>
        Create(
            ProblemTypes.InternalError,
            StatusCodes.Status500InternalServerError,
            "The upload could not be read to its end.",
            string.Create(CultureInfo.InvariantCulture, $"It was begun {readings} times. Send it in parts, as several batches."));

    public static ProblemResponse UnsupportedMediaType(string accepted) =>
        Create(
            ProblemTypes.UnsupportedMediaType,
            StatusCodes.Status415UnsupportedMediaType,
            "The media type of the body is not accepted.",
            $"Send {accepted}.");

    public static ProblemResponse InvalidContent(IReadOnlyDictionary<string, IReadOnlyList<string>> errors)
    {
        var response = Create(
            ProblemTypes.InvalidContent,
            StatusCodes.Status422UnprocessableEntity,
            "The request has invalid content.",
            "The errors member lists every fault by its JSON pointer.");
        return response with { Problem = response.Problem with { Errors = errors } };
    }

    public static ProblemResponse IdempotencyKeyReused() =>
        Create(
            ProblemTypes.IdempotencyKeyReused,
            StatusCodes.Status422UnprocessableEntity,
            "This Idempotency-Key was used before with another body.");

    public static ProblemResponse TooManyRequests(TimeSpan retryAfter) =>
        Create(ProblemTypes.TooManyRequests, StatusCodes.Status429TooManyRequests, "More requests than are allowed.") with { RetryAfter = retryAfter };

    public static ProblemResponse Internal() =>
        Create(ProblemTypes.InternalError, StatusCodes.Status500InternalServerError, "The service failed. Nothing about your request caused this.");

    public static ProblemResponse StorageUnavailable() =>
        Create(ProblemTypes.StorageUnavailable, StatusCodes.Status503ServiceUnavailable, "Storage does not answer. Nothing was lost; send the request again.") with
        {
            RetryAfter = StorageRetryAfter,
        };

    public static ProblemResponse Contention() =>
        Create(
            ProblemTypes.Contention,
            StatusCodes.Status503ServiceUnavailable,
            "Others change the same thing at this moment. Send the request again.") with
        {
            RetryAfter = ContentionRetryAfter,
        };

    public static ProblemResponse AuditUnavailable() =>
        Create(
            ProblemTypes.AuditUnavailable,
            StatusCodes.Status503ServiceUnavailable,
            "The audit trail cannot be written, so nothing is done. Send the request again.") with
        {
            RetryAfter = StorageRetryAfter,
        };

    public static ProblemResponse IssuerUnavailable() =>
        Create(ProblemTypes.IssuerUnavailable, StatusCodes.Status503ServiceUnavailable, "The issuer of tokens does not answer. Send the request again.") with
        {
            RetryAfter = IssuerRetryAfter,
        };

    public static ProblemResponse ModelsUnavailable() =>
        Create(ProblemTypes.ModelsUnavailable, StatusCodes.Status503ServiceUnavailable, "Models are not loaded yet. Send the request again.") with
        {
            RetryAfter = ModelsRetryAfter,
        };

    private static ProblemResponse Create(string type, int status, string title, string? detail = null) =>
        new(new Problem { Type = type, Title = title, Status = status, Detail = detail });
}
