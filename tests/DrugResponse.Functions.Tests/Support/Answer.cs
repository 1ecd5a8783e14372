using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Problems;

namespace DrugResponse.Functions.Tests.Support;

/// <summary>An HTTP answer, read to its end.</summary>
internal sealed record Answer(HttpStatusCode Status, HttpResponseHeaders Headers, string? ContentType, byte[] Bytes)
{
    public static async Task<Answer> OfAsync(HttpResponseMessage response) => new(
        response.StatusCode,
        response.Headers,
        response.Content.Headers.ContentType?.ToString(),
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonNode Json => JsonNode.Parse(Bytes)!;

    /// <summary>The stored prediction that the answer holds, which must be a success.</summary>
    public PredictionResponse Prediction
    {
        get
        {
            Assert.True(Status is HttpStatusCode.Created or HttpStatusCode.OK, $"{Status}: {Text}");
            return JsonSerializer.Deserialize(Bytes, ContractsJsonContext.Wire.PredictionResponse)!;
        }
    }

    /// <summary>Asserts that the answer is a problem of a status and a type.</summary>
    public Problem AssertProblem(HttpStatusCode status, string type)
    {
        Assert.True(Status == status, $"{Status}: {Text}");
        Assert.Equal("application/problem+json", ContentType);
        var problem = JsonSerializer.Deserialize(Bytes, ContractsJsonContext.Wire.Problem)!;
        Assert.Equal(type, problem.Type);
        Assert.Equal((int)status, problem.Status);
        Assert.NotNull(problem.TraceId);
        return problem;
    }
}
