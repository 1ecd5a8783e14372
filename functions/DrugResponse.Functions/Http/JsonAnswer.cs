using System.Net.Mime;

namespace DrugResponse.Functions.Http;

/// <summary>A JSON answer that is at hand as bytes, such as one that is stored. It holds a patient's data, so nobody may cache it.</summary>
/// <param name="Json">UTF-8 JSON.</param>
/// <param name="StatusCode">HTTP status.</param>
/// <param name="Location">Path of the resource, for 201.</param>
internal sealed record JsonAnswer(ReadOnlyMemory<byte> Json, int StatusCode, string? Location = null) : IResult
{
    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = StatusCode;
        response.ContentType = $"{MediaTypeNames.Application.Json}; charset=utf-8";
        response.ContentLength = Json.Length;
        response.Headers.CacheControl = "no-store";
        if (Location is not null)
            response.Headers.Location = Location;
        await response.Body.WriteAsync(Json, httpContext.RequestAborted);
    }
}
