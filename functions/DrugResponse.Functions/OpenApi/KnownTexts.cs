using DrugResponse.Contracts.Documentation;
using DrugResponse.Contracts.Reading;
using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Storage.Access;

namespace DrugResponse.Functions.OpenApi;

/// <summary>What a text can be, in the keywords of JSON Schema.</summary>
internal sealed record TextForm
{
    /// <summary>Fewest characters.</summary>
    public int? MinLength { get; init; }

    /// <summary>Most characters.</summary>
    public int? MaxLength { get; init; }

    /// <summary>What all of it must match.</summary>
    public string? Pattern { get; init; }

    /// <summary>A form that JSON Schema has a name for.</summary>
    public string? Format { get; init; }
}

/// <summary>Texts that have the same form wherever they stand, by the constants that they are made and read with.</summary>
internal static class KnownTexts
{
    private const string Base64Url = "[A-Za-z0-9_-]";
    private const string Hex = "[0-9a-f]";
    private const string Word = "[A-Za-z][A-Za-z0-9-]*";

    private static readonly string BatchRow = $@"{Hex}{{{Storage.Batches.BatchId.TextLength}}}\.[0-9]+\.[0-9]+";

    /// <summary>Names a stored prediction: of a patient, or of a row of a batch.</summary>
    public static TextForm PredictionId { get; } = new()
    {
        Pattern = $"^({Base64Url}{{{Storage.Predictions.PredictionId.TextLength}}}|{BatchRow})$",
    };

    /// <summary>Names a patient.</summary>
    public static TextForm PatientKey { get; } = new() { Pattern = $"^{Base64Url}{{{Storage.Patients.PatientKey.TextLength}}}$" };

    /// <summary>Names a batch or an upload.</summary>
    public static TextForm BatchId { get; } = new() { Pattern = $"^{Hex}{{{Storage.Batches.BatchId.TextLength}}}$" };

    /// <summary>Names an API key.</summary>
    public static TextForm KeyId { get; } = new() { Pattern = $"^{Hex}{{{ApiKeyId.TextLength}}}$" };

    /// <summary>A drug, by name.</summary>
    public static TextForm Drug { get; } = new() { MinLength = 1, MaxLength = PredictionRequestReader.MaxNameLength };

    /// <summary>A word of a list that may get further ones.</summary>
    public static TextForm Code { get; } = new() { Pattern = TextAttribute.Code };

    /// <summary>A day in UTC.</summary>
    public static TextForm Day { get; } = new() { Format = "date" };

    private static readonly TextForm Version = new() { Pattern = @"^[0-9]+\.[0-9]+\.[0-9]+([.+-][0-9A-Za-z.+-]+)?$" };
    private static readonly TextForm KnowledgeVersion = new() { Pattern = "^[A-Za-z0-9.+-]+$" };
    private static readonly TextForm Feature = new() { Pattern = TextAttribute.CamelCase };
    private static readonly TextForm Who = new() { Pattern = "^((key|token|command):.+|queue|system)$" };
    private static readonly TextForm FunctionOrCode = new() { Pattern = $"^{Word}$" };

    private static readonly Dictionary<string, TextForm> ByMember = new(StringComparer.Ordinal)
    {
        ["predictionId"] = PredictionId,
        ["patientKey"] = PatientKey,
        ["batchId"] = BatchId,
        ["uploadId"] = BatchId,
        ["keyId"] = KeyId,
        ["replacedBy"] = KeyId,
        ["key"] = new() { MinLength = 1, MaxLength = ApiKeyText.MaxLength },
        ["sha256"] = new() { Pattern = $"^{Hex}{{64}}$" },
        ["requestHash"] = new() { Pattern = $@"^[0-9]+\.{Hex}+$" },
        ["pseudonyms"] = new() { Pattern = $@"^v[0-9]+\.{Base64Url}+$" },
        ["version"] = Version,
        ["activeVersion"] = Version,
        ["candidateVersion"] = Version,
        ["knowledgeVersion"] = KnowledgeVersion,
        ["knowledge"] = KnowledgeVersion,
        ["drug"] = Drug,
        ["gene"] = new() { Pattern = $"^[A-Za-z][A-Za-z0-9-]{{{GeneSymbol.MinLength - 1},{GeneSymbol.MaxLength - 1}}}$" },
        ["endpoint"] = Code,
        ["kind"] = Code,
        ["state"] = Code,
        ["code"] = FunctionOrCode,
        ["action"] = FunctionOrCode,
        ["fallbackAction"] = FunctionOrCode,
        ["doseTarget"] = Code,
        ["basis"] = Code,
        ["by"] = Code,
        ["roles"] = Code,
        ["scale"] = Code,
        ["trainedOn"] = Code,
        ["comparisonGroup"] = Code,
        ["callSource"] = Code,
        ["callState"] = Code,
        ["phenotypeMethod"] = Code,
        ["monitoring"] = FunctionOrCode,
        ["feature"] = Feature,
        ["chainedFrom"] = new() { Pattern = TextAttribute.ModelId },
        ["who"] = Who,
        ["recordedBy"] = Who,
        ["outcome"] = new() { Pattern = "^([1-5][0-9]{2}|[a-z]+( [a-z]+)*)$" },
        ["type"] = new() { Pattern = "^urn:drugresponse:problem:[a-z-]+$" },
        ["after"] = new() { Pattern = "^[A-Za-z0-9_.-]+$" },
        ["day"] = Day,
        ["from"] = Day,
        ["to"] = Day,
        ["definitionDate"] = Day,
        ["address"] = new() { Format = "uri" },
        ["webhook"] = Code,
        ["rxNorm"] = new() { Pattern = "^[0-9]+$" },
        ["atc"] = new() { Pattern = "^[A-Z0-9]{1,7}$" },
    };

    /// <summary>The form of a member, or null where its name does not tell.</summary>
    /// <param name="member">The member's name on the wire.</param>
    public static TextForm? Find(string member) => ByMember.GetValueOrDefault(member);

    /// <summary>Writes a form into a schema.</summary>
    /// <param name="form">The form.</param>
    /// <param name="schema">The schema of a text.</param>
    public static void AddTo(this TextForm form, Microsoft.OpenApi.OpenApiSchema schema)
    {
        schema.MinLength = form.MinLength ?? schema.MinLength;
        schema.MaxLength = form.MaxLength ?? schema.MaxLength;
        schema.Pattern = form.Pattern ?? schema.Pattern;
        schema.Format = form.Format ?? schema.Format;
    }
}
