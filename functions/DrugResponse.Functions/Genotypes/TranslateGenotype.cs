using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Reading;
using DrugResponse.Functions.Http;
using DrugResponse.Functions.Problems;
using DrugResponse.Pharmacogenomics.Vcf;
using DrugResponse.Prediction;
using DrugResponse.Prediction.Patients;

namespace DrugResponse.Functions.Genotypes;

/// <summary>
/// <c>POST v1/genotypes/translate</c>: phenotypes and guidance for a genotype given as JSON, as a VCF (plain, gzip or bgzip), or
/// as a multipart form with both. Nothing is stored.
/// </summary>
internal static class TranslateGenotype
{
    /// <summary>Largest body: what the Functions front end lets through.</summary>
    public const long MaxBodyBytes = 100 * 1024 * 1024;

    private const long MaxVcfBytes = 2L * 1024 * 1024 * 1024;
    private const string RequestPart = "request";
    private const string VcfPart = "vcf";

    public static async Task<IResult> HandleAsync(HttpRequest request, PatientReader reader, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!TranslationOptions.TryRead(request.Query, out var options, out var problem))
            return problem;

        var faults = new FaultList();
        var (body, refusal) = await ReadAsync(request, faults, cancellationToken);
        if (refusal is not null)
            return refusal;
        if (body is null || !faults.IsEmpty)
            return ProblemResponses.InvalidContent(faults.ToErrors());

        if (options.Candidates is { } candidates)
            body = body with { Candidates = [.. body.Candidates ?? [], .. candidates] };
        var reading = reader.Read(body, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), faults, options.Interpretation);
        if (!faults.IsEmpty)
            return ProblemResponses.InvalidContent(faults.ToErrors());

        var translation = GenotypeTranslator.Translate(reading);
        return new JsonAnswer(
            JsonSerializer.SerializeToUtf8Bytes(translation, ContractsJsonContext.Wire.GenotypeTranslation), StatusCodes.Status200OK);
    }

    private static async Task<(PredictionRequest? Body, ProblemResponse? Refusal)> ReadAsync(
        HttpRequest request, FaultList faults, CancellationToken cancellationToken)
    {
        if (request.HasFormContentType)
            return await ReadFormAsync(request, faults, cancellationToken);
        if (IsVcf(request))
            return (await ReadVcfAsync(request.Body, faults, "", cancellationToken), null);

        using var body = await JsonBody.ReadAsync(request, cancellationToken);
        if (body.Problem is { Problem.Status: StatusCodes.Status415UnsupportedMediaType })
            return (null, ProblemResponses.UnsupportedMediaType("application/json in UTF-8, text/vcf, or multipart/form-data"));
        return body.Problem is { } problem ? (null, problem) : (ReadJson(body.Root, faults), null);
    }

    private static bool IsVcf(HttpRequest request) =>
        request.ContentType is { } type
        && (type.StartsWith("text/vcf", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("application/gzip", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("application/x-gzip", StringComparison.OrdinalIgnoreCase));

    private static PredictionRequest? ReadJson(JsonElement root, FaultList faults)
    {
        var body = PredictionRequestReader.Read(root, faults);
        if (body is { Genotype: null } && faults.IsEmpty)
            faults.Add("/genotype", "Is required.");
        return body;
    }

    private static async Task<PredictionRequest?> ReadVcfAsync(Stream stream, FaultList faults, string path, CancellationToken cancellationToken)
    {
        var vcf = await VcfFile.ReadAsync(stream, MaxVcfBytes, cancellationToken);
        if (vcf.Fault is { } fault)
            faults.Add(path, fault);
        return vcf.Text is { } text ? new PredictionRequest { Genotype = new Genotype { Vcf = text } } : null;
    }

    private static async Task<(PredictionRequest? Body, ProblemResponse? Refusal)> ReadFormAsync(
        HttpRequest request, FaultList faults, CancellationToken cancellationToken)
    {
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            // A form without its last boundary ends too early for its reader, which is an IOException to it.
            return (null, ProblemResponses.BadRequest("The multipart form is damaged or has too many parts."));
        }

        if (form.Files[VcfPart] is not { } file)
        {
            faults.Add("", $"The form needs a file part named {VcfPart}.");
            return (null, null);
        }

        await using var stream = file.OpenReadStream();
        var vcf = await ReadVcfAsync(stream, faults, $"/{VcfPart}", cancellationToken);
        if (form[RequestPart] is not [{ Length: > 0 } json])
            return (vcf, null);

        using var body = JsonBody.Parse(System.Text.Encoding.UTF8.GetBytes(json));
        if (body.Problem is { } problem)
            return (null, problem);
        var rest = PredictionRequestReader.Read(body.Root, faults);
        if (rest?.Genotype?.Vcf is not null)
            faults.Add("/genotype/vcf", $"Must not be given beside the part {VcfPart}.");
        return (rest is null || vcf is null ? null : rest with { Genotype = (rest.Genotype ?? new Genotype()) with { Vcf = vcf.Genotype!.Vcf } }, null);
    }
}
