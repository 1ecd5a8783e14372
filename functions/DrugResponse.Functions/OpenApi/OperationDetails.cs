using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Problems;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DrugResponse.Functions.OpenApi;

/// <summary>Adds to an operation what its endpoint's metadata says: parameters, further media types, headers and problems.</summary>
internal static class OperationDetails
{
    private const string ProblemMediaType = "application/problem+json";

    /// <summary>Completes one operation; the signature is that of an operation transformer.</summary>
    public static async Task CompleteAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.RequestBody?.Content?.Remove(EndpointDocumentation.AnyMediaType);
        foreach (var parameter in metadata.OfType<ParameterDescription>())
            Describe(operation, parameter);
        foreach (var body in metadata.OfType<TextBodyDescription>())
            Accept(operation, body);
        foreach (var answer in metadata.OfType<AnswerDescription>())
            Describe(operation, answer);

        AccessDetails.AddTo(operation, context.Document!, metadata);

        var problems = CommonProblems.Everywhere.Concat(AccessDetails.ProblemsOf([.. metadata])).Concat(metadata.OfType<RefusalDescription>().SelectMany(static refusal => refusal.Problems()));
        var schema = await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancellationToken);
        foreach (var group in problems.GroupBy(static problem => problem.Problem.Status).OrderBy(static group => group.Key))
            Describe(operation, context.Document!, schema, [.. group]);
        foreach (var response in operation.Responses!.Values.OfType<OpenApiResponse>())
        {
            foreach (var header in AnswerHeaders.Everywhere)
                Headers(response)[header.Name] = new OpenApiHeaderReference(header.Name, context.Document);
        }
    }

    private static void Describe(OpenApiOperation operation, ParameterDescription described)
    {
        operation.Parameters ??= [];
        if (operation.Parameters.OfType<OpenApiParameter>().FirstOrDefault(one => one.Name == described.Name) is not { } parameter)
        {
            parameter = new OpenApiParameter
            {
                Name = described.Name, In = described.In, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
            operation.Parameters.Add(parameter);
        }

        parameter.Description = described.Description;
        parameter.Example = described.Example;
        if (parameter.Schema is not OpenApiSchema schema)
            return;
        if (described.Values is { } values)
            schema.Enum = [.. values.Select(static value => JsonValue.Create(value))];
        described.Form?.AddTo(schema);
    }

    private static void Accept(OpenApiOperation operation, TextBodyDescription body)
    {
        var request = operation.RequestBody as OpenApiRequestBody ?? new OpenApiRequestBody { Required = true };
        operation.RequestBody = request;
        (request.Content ??= new Dictionary<string, OpenApiMediaType>())[body.MediaType] = Text(body.Description);
    }

    private static void Describe(OpenApiOperation operation, AnswerDescription answer)
    {
        var status = answer.Status.ToString(CultureInfo.InvariantCulture);
        if (operation.Responses?[status] is not OpenApiResponse response)
            return;
        response.Description = answer.Description;
        foreach (var mediaType in answer.TextMediaTypes)
            (response.Content ??= new Dictionary<string, OpenApiMediaType>())[mediaType] = Text(answer.Description);
        foreach (var header in answer.Headers)
            Headers(response)[header.Name] = header.ToOpenApi();
    }

    private static void Describe(
        OpenApiOperation operation, OpenApiDocument document, IOpenApiSchema schema, IReadOnlyList<ProblemResponse> problems)
    {
        var examples = new Dictionary<string, IOpenApiExample>();
        foreach (var problem in problems.Select(static response => response.Problem))
        {
            examples[problem.Type[(problem.Type.LastIndexOf(':') + 1)..]] = new OpenApiExample
            {
                Summary = problem.Title,
                Value = JsonSerializer.SerializeToNode(problem with { TraceId = "0HNHTQ4V2J3K5:00000001" }, ContractsJsonContext.Wire.Problem),
            };
        }

        document.AddComponent(nameof(Problem), schema);
        var response = new OpenApiResponse
        {
            Description = string.Join(' ', problems.Select(static response => $"`{response.Problem.Type}`: {response.Problem.Title}").Distinct()),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [ProblemMediaType] = new() { Schema = new OpenApiSchemaReference(nameof(Problem), document), Examples = examples },
            },
        };
        if (problems.Any(static problem => problem.RetryAfter is not null))
            Headers(response)[AnswerHeaders.RetryAfter.Name] = AnswerHeaders.RetryAfter.ToOpenApi();
        if (problems[0].Problem.Status == StatusCodes.Status401Unauthorized)
            Headers(response)[AnswerHeaders.Challenge.Name] = AnswerHeaders.Challenge.ToOpenApi();
        (operation.Responses ??= [])[problems[0].Problem.Status.ToString(CultureInfo.InvariantCulture)] = response;
    }

    private static OpenApiMediaType Text(string description) =>
        new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = description } };

    private static IDictionary<string, IOpenApiHeader> Headers(OpenApiResponse response) =>
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
}
