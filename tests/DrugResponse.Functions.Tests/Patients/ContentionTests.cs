using System.Net;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DrugResponse.Functions.Tests.Patients;

/// <summary>Many change the same patient at once.</summary>
public sealed class ContentionTests(AzuriteFixture azurite)
{
    private const string Objection = """{ "scoring": "objected" }""";

    [Fact]
    public async Task Of_sixty_who_record_an_objection_at_once_all_are_answered_and_it_is_kept()
    {
        await using var app = await WholeApp.StartReadyAsync(azurite.ConnectionString);
        var body = Body.Warfarin();
        var patientKey = (await app.PredictAsync(body)).Prediction.PatientKey;

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => app.PutConsentAsync(patientKey, Objection)));

        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        (await app.PredictAsync(body)).AssertProblem(HttpStatusCode.Forbidden, ProblemTypes.Objection);
    }

    [Fact]
    public async Task Of_many_who_erase_a_patient_at_once_what_was_erased_is_counted()
    {
        await using var app = await WholeApp.StartReadyAsync(azurite.ConnectionString);
        var body = Body.Warfarin();
        var patientKey = (await app.PredictAsync(body)).Prediction.PatientKey;
        await app.PredictAsync(body);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => app.EraseAsync(patientKey)));
        app.Clock.Advance(TimeSpan.FromMinutes(6));
        await app.TickAsync("ContinueErasures");
        var erasure = await app.GetAsync($"v1/patients/{patientKey}/erasure");

        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.Accepted, answer.Status));
        Assert.Equal("completed", (string?)erasure.Json["state"]);
        Assert.InRange((int)erasure.Json["predictions"]!, 2, 20);
    }

    [Fact]
    public async Task Who_is_never_first_is_told_to_come_again()
    {
        var connection = new StorageConnection(new StorageOptions
        {
            ConnectionString = azurite.ConnectionString,
            Policies = [new OthersAreFaster("RowKey\":\"c.")],
        });
        await using var app = await WholeApp.StartAsync(azurite.ConnectionString, services => services.AddSingleton(connection));
        var patientKey = await app.EnterAsync($"MRN-{Guid.NewGuid():N}");

        var answer = await app.PutConsentAsync(patientKey, Objection);

        answer.AssertProblem(HttpStatusCode.ServiceUnavailable, ProblemTypes.Contention);
        Assert.Equal("not-recorded", (string?)(await app.GetAsync($"v1/patients/{patientKey}/consent")).Json["scoring"]);
    }

    /// <summary>Refuses every transaction that speaks of some row, as storage does when the row was changed since it was read.</summary>
    private sealed class OthersAreFaster(string row) : HttpPipelinePolicy
    {
        private readonly byte[] _row = System.Text.Encoding.UTF8.GetBytes(row);

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal))
            {
                using var body = new MemoryStream();
                await message.Request.Content!.WriteToAsync(body, message.CancellationToken);
                if (body.ToArray().AsSpan().IndexOf(_row) >= 0)
                    throw new RequestFailedException(412, "The row was changed.", "UpdateConditionNotSatisfied", innerException: null);
            }

            await ProcessNextAsync(message, pipeline);
        }
    }
}
