using System.Text.Json;
using System.Text.Json.Nodes;
using DrugResponse.Functions.Tests.Batches;
using DrugResponse.Functions.Tests.Support;

namespace DrugResponse.Functions.Tests.Hostile;

/// <summary>
/// Over every operation that can be asked for something in the query: no value at an end of its range, alone or beside another, is a
/// failure.
/// </summary>
public sealed class QueryExtremesTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    private static readonly string[] Extremes =
    [
        "0001-01-01", "9999-12-01", "9999-12-31", "2026-02-30", "0", "9223372036854775807", "9223372036854775808",
        "0123456789abcdef.9223372036854775807", "",
    ];

    private readonly WholeApp _app = fixture.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_combination_of_extremes_makes_the_service_fail()
    {
        var asked = 0;
        using var http = _app.ClientWith("development");
        foreach (var (path, parameters) in await OperationsAsync())
        {
            foreach (var query in QueriesOf(parameters))
            {
                using var response = await http.GetAsync($"{path}?{query}", Cancellation);
                var text = await response.Content.ReadAsStringAsync(Cancellation);
                Assert.True((int)response.StatusCode is >= 200 and < 500, $"GET {path}?{query} -> {response.StatusCode}: {text}");
                asked++;
            }
        }

        Assert.True(asked > 500, $"{asked} requests.");
    }

    [Theory]
    [InlineData("rifampin", "0001-01-01", null)]
    [InlineData("rifampin", "9999-12-31", null)]
    [InlineData("rifampin", "2020-01-01", "9999-12-31")]
    [InlineData("amiodarone", "0001-01-01", "9999-12-31")]
    [InlineData("amiodarone", null, "9999-12-31")]
    [InlineData("amiodarone", null, "0001-01-01")]
    [InlineData("amiodarone", "9999-12-31", "9999-12-31")]
    [InlineData("paroxetine", "0001-01-01", "9999-12-31")]
    public async Task Days_at_the_ends_of_the_calendar_are_days(string drug, string? started, string? stopped)
    {
        var medication = new JsonObject { ["drug"] = drug, ["started"] = started, ["stopped"] = stopped };
        var body = Body.Warfarin().With("/medications", new JsonArray(medication)).WithJson("/candidates", """["warfarin", "codeine"]""");

        var answer = await _app.PredictAsync(body);

        Assert.True((int)answer.Status == 201, answer.Text);
    }

    private static IEnumerable<string> QueriesOf(IReadOnlyList<string> parameters)
    {
        foreach (var (index, name) in parameters.Index())
        {
            foreach (var value in Extremes)
            {
                yield return $"{name}={value}";
                foreach (var other in parameters.Skip(index + 1))
                {
                    foreach (var beside in Extremes)
                        yield return $"{name}={value}&{other}={beside}";
                }
            }
        }
    }

    // A batch and a patient that do not exist would be refused before anything else is looked at.
    private async Task<List<(string Path, IReadOnlyList<string> Parameters)>> OperationsAsync()
    {
        var batch = (await _app.SubmitAsync("{}", "application/x-ndjson")).Status().BatchId;
        var patient = (await _app.PredictAsync(Body.Warfarin())).Prediction.PatientKey;
        using var description = JsonDocument.Parse((await _app.GetAsync("openapi/v1.json")).Text);
        var operations = new List<(string, IReadOnlyList<string>)>();
        foreach (var path in description.RootElement.GetProperty("paths").EnumerateObject())
        {
            if (!path.Value.TryGetProperty("get", out var operation) || !operation.TryGetProperty("parameters", out var parameters))
                continue;
            var names = parameters.EnumerateArray()
                .Where(static parameter => parameter.GetProperty("in").GetString() == "query")
                .Select(static parameter => parameter.GetProperty("name").GetString()!)
                .ToArray();
            if (names.Length > 0)
                operations.Add((PathOf(path.Name), names));
        }

        return operations;

        string PathOf(string route) => route["/api/".Length..]
            .Replace("{batchId}", batch, StringComparison.Ordinal)
            .Replace("{patientKey}", patient, StringComparison.Ordinal);
    }
}
