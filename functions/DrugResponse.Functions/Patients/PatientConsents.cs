using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Patients;
using DrugResponse.Contracts.Reading;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Http;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage.Patients;

namespace DrugResponse.Functions.Patients;

/// <summary><c>GET</c> and <c>PUT v1/patients/{patientKey}/consent</c>: whether a patient objects to being scored.</summary>
internal static class PatientConsents
{
    public static async Task<IResult> GetAsync(
        string patientKey, Caller caller, PatientRegister register, PatientHoldings holdings, CancellationToken cancellationToken) =>
        PatientKey.TryParse(patientKey, out var key) && await holdings.AreAnyAsync(caller.Tenant, key, cancellationToken)
            ? Describe(key, await register.FindConsentAsync(caller.Tenant, key, cancellationToken))
            : ProblemResponses.NotFound();

    public static async Task<IResult> PutAsync(
        string patientKey, HttpRequest request, Caller caller, ConsentRecorder recorder, AuditNote note, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(request, cancellationToken);
        if (body.Problem is { } problem)
            return problem;

        var faults = new FaultList();
        var wanted = ConsentReader.Read(body.Root, faults);
        if (wanted is null || !faults.IsEmpty)
            return ProblemResponses.InvalidContent(faults.ToErrors());

        if (!PatientKey.TryParse(patientKey, out var key))
            return ProblemResponses.NotFound();
        note.Resource = wanted.Scoring;
        return await recorder.RecordAsync(caller, key, wanted, cancellationToken) is { } consent
            ? Describe(key, consent)
            : ProblemResponses.NotFound();
    }

    private static JsonAnswer Describe(PatientKey patientKey, PatientConsent? consent)
    {
        var answer = new PatientConsentAnswer
        {
            PatientKey = patientKey.ToString(),
            Scoring = consent is null ? ConsentStates.NotRecorded : consent.HasObjected ? ConsentStates.Objected : ConsentStates.Allowed,
            Reference = consent?.Reference,
            RecordedAt = consent?.RecordedAt,
        };
        return new JsonAnswer(
            JsonSerializer.SerializeToUtf8Bytes(answer, ContractsJsonContext.Wire.PatientConsentAnswer), StatusCodes.Status200OK);
    }
}
