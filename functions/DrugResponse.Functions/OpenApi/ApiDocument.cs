using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DrugResponse.Functions.OpenApi;

/// <summary>
/// The OpenAPI 3.1 description of this API, made from the endpoints when first asked for and then kept: it cannot change while the process
/// runs. Thread-safe.
/// </summary>
internal sealed class ApiDocument
{
    /// <summary>The document's name, which stands for the version in paths.</summary>
    public const string Name = "v1";

    private readonly Lazy<Task<byte[]>> _json;

    public ApiDocument([FromKeyedServices(Name)] IOpenApiDocumentProvider provider) => _json = new(() => WriteAsync(provider));

    /// <summary>The document, UTF-8 JSON.</summary>
    public Task<byte[]> ReadAsync() => _json.Value;

    /// <summary>Says what the API as a whole is; the signature is that of a document transformer.</summary>
    public static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "DrugResponse",
            Version = Name,
            Description =
                "Tells, for one patient and one drug, how likely the patient is to respond, how likely to come to harm, and which dose they "
                + "need, from genotype, clinical data and medication history, with the reasons. It informs a prescriber; it does not decide. "
                + "Not a medical device.\n\nWhat a request leaves out is unknown, never \"normal\". Unknown members of a request are refused; "
                + "answers may get new members at any time, which a client must ignore.",
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        // Relative to where the document was read from: the same behind the Functions host, standalone and behind a gateway.
        document.Servers = [new OpenApiServer { Url = "/", Description = "Where this document was read from." }];
        AccessDetails.AddTo(document);
        foreach (var header in AnswerHeaders.Everywhere)
            document.AddComponent<IOpenApiHeader>(header.Name, header.ToOpenApi());
        return Task.CompletedTask;
    }

    private static async Task<byte[]> WriteAsync(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync();
        var text = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
        var json = JsonNode.Parse(text)!.AsObject();
        DocumentText.Tidy(json);
        DocumentExamples.AddTo(json);
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }
}
