using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DrugResponse.Functions.Tests.Support;

namespace DrugResponse.Functions.Tests.Problems;

/// <summary>Whatever a caller sends, it is answered or refused: never does the service fail on it.</summary>
public sealed class OddBodiesTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    private const int Seed = 20261120;

    private const string Full =
        """
        {
          "requestId": "order-7",
          "patient": { "id": "MRN-0042", "ageYears": 65, "sex": "female", "weightKg": 71.5, "heightCm": 165, "ancestry": "European", "eGfr": 62,
                       "smoker": false },
          "genotype": {
            "diplotypes": { "CYP2C9": "*1/*3", "HLA-B": ["*57:01 negative", "*58:01 positive"], "DPYD": ["c.2846A>T", "Reference"] },
            "phenotypes": { "CYP2D6": "Poor Metabolizer" },
            "activityScores": { "DPYD": 1.5 },
            "variants": { "rs9923231": "C/T" },
            "vcf": "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\nchr16\t31096368\t.\tC\tT\t.\t.\t.\tGT\t0/1\n"
          },
          "medications": [
            { "drug": "amiodarone", "status": "active", "started": "2026-10-01" },
            { "rxNorm": "36567", "status": "stopped", "stopped": "2026-10-01", "outcome": "adverse-event", "event": "myopathy" },
            { "text": "metoprolol succinate ER 50 mg po bid" }, { "atc": "C01BD01" }
          ],
          "conditions": ["heart failure"],
          "candidates": ["warfarin", "clopidogrel"]
        }
        """;

    private static readonly string[] OddValues =
    [
        "null", "true", "0", "-0.0", "1e308", "1e400", "-1e-400", "[]", "[null]", "[[]]", "{}", """{ "": null }""", """{ "a": { } }""",
        @"""""", @"""x""", @""" """, @"""*""", @"""/""", @"""*1/*1/*1""", @"""(*1/*3)x2""", @"""*1x999999999999""", @"""C/T/C""", @"""≥≥1""",
        @"""9999-12-31""", @"""\u0000""", @"""\ud800""", @"""\ud83d\ude00""",
    ];

    private readonly WholeApp _app = fixture.App;

    public static TheoryData<string> Places { get; } = [.. PointersIn(JsonNode.Parse(Full)!, "")];

    [Fact]
    public async Task The_body_that_is_varied_is_itself_accepted() =>
        Assert.Equal(HttpStatusCode.Created, (await _app.PredictAsync(Encoding.UTF8.GetBytes(Full))).Status);

    [Theory]
    [MemberData(nameof(Places))]
    public async Task An_odd_value_in_a_place_is_answered_or_refused(string place)
    {
        foreach (var value in OddValues)
            await AssertHandledAsync(Encoding.UTF8.GetBytes(With(place, value)), $"{place} = {value}");
    }

    [Fact]
    public async Task Damaged_bytes_are_answered_or_refused()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 500; i++)
        {
            var body = Encoding.UTF8.GetBytes(Full);
            for (var damage = random.Next(1, 4); damage > 0; damage--)
                body[random.Next(body.Length)] = (byte)random.Next(256);
            await AssertHandledAsync(random.Next(4) == 0 ? body[..random.Next(body.Length)] : body, Convert.ToBase64String(body));
        }
    }

    private async Task AssertHandledAsync(byte[] body, string what)
    {
        var answer = await _app.PredictAsync(body);

        Assert.True(
            answer.Status is HttpStatusCode.Created or HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity,
            $"{what}: {answer.Status} {answer.Text}");
    }

    private static IEnumerable<string> PointersIn(JsonNode node, string pointer) => node switch
    {
        JsonObject members => members.SelectMany(member => PointersIn(member.Value!, $"{pointer}/{member.Key}")).Append(pointer),
        JsonArray elements => elements.SelectMany((element, index) => PointersIn(element!, $"{pointer}/{index}")).Append(pointer),
        _ => [pointer],
    };

    // The value is put in as text: a node cannot hold half a surrogate pair.
    private static string With(string pointer, string value)
    {
        const string Mark = "the odd value goes here";
        if (pointer.Length == 0)
            return value;

        var root = JsonNode.Parse(Full)!;
        var names = pointer.Split('/')[1..];
        var parent = names[..^1].Aggregate(root, static (node, name) => node is JsonArray array ? array[Index(name)]! : node[name]!);
        if (parent is JsonArray elements)
            elements[Index(names[^1])] = Mark;
        else
            parent[names[^1]] = Mark;
        return root.ToJsonString().Replace($"\"{Mark}\"", value, StringComparison.Ordinal);
    }

    private static int Index(string name) => int.Parse(name, System.Globalization.CultureInfo.InvariantCulture);
}
