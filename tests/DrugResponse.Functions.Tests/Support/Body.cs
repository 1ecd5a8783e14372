using System.Text;
using System.Text.Json.Nodes;

namespace DrugResponse.Functions.Tests.Support;

/// <summary>A prediction body that a test changes member by member. Immutable: every change gives a new one.</summary>
internal sealed class Body
{
    private readonly JsonObject _json;

    private Body(JsonObject json) => _json = json;

    /// <summary>A patient of whom everything is known that the warfarin models ask for, with an id that no other test has.</summary>
    public static Body Warfarin() => Parse(
        """
        {
          "patient": { "ageYears": 65, "sex": "female", "weightKg": 71.5, "heightCm": 165, "ancestry": "European", "smoker": false },
          "genotype": { "diplotypes": { "CYP2C9": "*1/*3", "CYP4F2": "*1/*1" }, "variants": { "rs9923231": "C/T" } },
          "medications": [ { "drug": "amiodarone" } ],
          "conditions": [ "heart failure" ],
          "candidates": [ "warfarin" ]
        }
        """).With("/patient/id", $"MRN-{Guid.NewGuid():N}");

    public static Body Parse(string json) => new(JsonNode.Parse(json)!.AsObject());

    public string PatientId => (string)_json["patient"]!["id"]!;

    public byte[] Utf8 => Encoding.UTF8.GetBytes(ToString());

    /// <summary>Sets a member, named by a JSON pointer, and the objects on the way to it.</summary>
    public Body With(string pointer, JsonNode? value)
    {
        var copy = _json.DeepClone().AsObject();
        ParentOf(copy, pointer)[LastOf(pointer)] = value?.DeepClone();
        return new Body(copy);
    }

    /// <summary>Sets a member to JSON text.</summary>
    public Body WithJson(string pointer, string json) => With(pointer, JsonNode.Parse(json));

    /// <summary>Takes members out.</summary>
    public Body Without(params IReadOnlyList<string> pointers)
    {
        var copy = _json.DeepClone().AsObject();
        foreach (var pointer in pointers)
            Assert.True(ParentOf(copy, pointer).Remove(LastOf(pointer)), $"The body has no {pointer}.");
        return new Body(copy);
    }

    public override string ToString() => _json.ToJsonString();

    private static JsonObject ParentOf(JsonObject root, string pointer)
    {
        foreach (var name in pointer.Split('/')[1..^1])
        {
            if (root[name] is null)
                root[name] = new JsonObject();
            root = root[name]!.AsObject();
        }

        return root;
    }

    private static string LastOf(string pointer) => pointer[(pointer.LastIndexOf('/') + 1)..];
}
