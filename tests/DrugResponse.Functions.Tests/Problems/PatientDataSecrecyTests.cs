using System.Text;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Audit;
using DrugResponse.Storage.Development;
using DrugResponse.Storage.Idempotency;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.QueueFailures;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Problems;

/// <summary>
/// Plants words that occur nowhere else into every place of a request that can describe a patient, and looks for them where they must not
/// come out: in logs of any level, in problems, in the rows that operators read.
/// </summary>
public sealed class PatientDataSecrecyTests(AzuriteFixture azurite)
{
    private const string Canary = "qzcanary";
    private const string VcfHead = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT";

    // Cut off, without quotes, with a bad escape, with a control character.
    private static readonly string[] Malformed =
        [$$"""{ "patient": { "id": "{{Canary}}" """, $$"""{ "patient": {{Canary}} }""", $"\"{Canary}\\q\"", "{ \"id\": \"" + Canary + "\u0001\" }"];


    private static readonly string[] PatientMembers = ["ageYears", "sex", "weightKg", "heightCm", "eGfr", "smoker"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Body Valid => Body.Warfarin()
        .With("/requestId", $"request-{Canary}")
        .With("/patient/id", $"MRN-{Canary}-{Guid.NewGuid():N}")
        .With("/patient/ancestry", $"{Canary} ancestry")
        .WithJson(
            "/medications",
            $$"""[{ "drug": "{{Canary}} drug" }, { "drug": "amiodarone", "outcome": "adverse-event", "event": "{{Canary}} rash" }]""")
        .WithJson("/conditions", $"""["{Canary} condition"]""")
        .WithJson("/candidates", $"""["warfarin", "{Canary} candidate"]""");

    // One body for every way in which the reading of a value can fail.
    private static IEnumerable<Body> Invalid =>
    [
        .. PatientMembers.Select(static member => Valid.With($"/patient/{member}", $"{Canary} {member}")),
        Valid.With("/genotype/diplotypes/CYP2C9", $"*1/*{Canary}"),
        Valid.With("/genotype/diplotypes/CYP2C9", $"*{Canary}/*3x2x2"),
        Valid.With("/genotype/diplotypes/HLA-B", $"*57:01 {Canary}"),
        Valid.With("/genotype/diplotypes/DPYD", $"c.{Canary}"),
        Valid.With("/genotype/phenotypes/CYP2C19", $"{Canary} Metabolizer"),
        Valid.With("/genotype/phenotypes/HLA-A", $"{Canary} positive"),
        Valid.With("/genotype/activityScores/DPYD", Canary),
        Valid.With("/genotype/variants/rs9923231", $"C/{Canary}"),
        Valid.With("/genotype/vcf", $"{VcfHead}\t{Canary}\t{Canary}2\n"),
        Valid.With("/genotype/vcf", $"##fileformat=VCFv4.2\n##contig=<ID=chr1,assembly={Canary}>\n{Canary}"),
        Valid.With("/genotype/vcf", $"{VcfHead}\tS\nchr16\t{Canary}\t.\tC\tT\t.\t.\t.\tGT\t0/1\n"),
        Valid.With("/genotype/vcf", $"{VcfHead}\tS\nchr16\t31096368\t.\tC\tT\t.\t.\t.\tGT\t{Canary}\n"),
        Valid.WithJson("/medications", $$"""[{ "drug": "{{Canary}}", "atc": "{{Canary}}", "status": "{{Canary}}", "started": "{{Canary}}" }]"""),
        Valid.WithJson("/conditions", $$"""[{ "{{Canary}}": 1 }]"""),
    ];

    // A caller's own word as the name of whatever has a name, and a drug by name that is at fault.
    private static IEnumerable<(Body Body, string Pointer)> Named =>
    [
        (Valid.With($"/{Canary}", 1), "/*"),
        (Valid.With($"/patient/{Canary}", 1), "/patient/*"),
        (Valid.With($"/genotype/{Canary}", 1), "/genotype/*"),
        (Valid.With($"/genotype/diplotypes/{Canary}", "*1/*1"), "/genotype/diplotypes/*"),
        (Valid.WithJson($"/genotype/diplotypes/{Canary}", "[1]"), "/genotype/diplotypes/*/0"),
        (Valid.With($"/genotype/phenotypes/{Canary}", "Poor Metabolizer"), "/genotype/phenotypes/*"),
        (Valid.With($"/genotype/activityScores/{Canary}", "1"), "/genotype/activityScores/*"),
        (Valid.With($"/genotype/variants/{Canary}", "C/T"), "/genotype/variants/*"),
        (Valid.WithJson("/medications", $$"""[{ "drug": "warfarin" }, { "drug": "x", "{{Canary}}": 1 }]"""), "/medications/1/*"),
        (Valid.WithJson("/medications", $$"""{ "{{Canary}}": 1 }"""), "/medications"),
        (Valid.With($"/measurements/{Canary}", 1), "/measurements/*"),
        (Valid.With($"/doses/{Canary}", -1), "/doses/*"),
        (Valid.WithJson("/doses", """{ "Coumadin": 5, "warfarin": 5 }"""), "/doses/*"),
        (Valid.With("/doses/warfarin", -1), "/doses/*"),
    ];

    [Fact]
    public async Task A_name_that_a_sender_chose_is_not_kept_with_the_failure_of_a_message()
    {
        await using var app = await WholeApp.StartReadyAsync(azurite.ConnectionString);

        foreach (var (index, (body, pointer)) in Named.Index())
        {
            await app.DeliverAsync(body.Utf8, $"named-{index}");

            var failure = await app.Service<QueueFailureStore>().GetAsync(app.Tenant, "ScoreQueuedPatient", $"named-{index}", Cancellation);
            Assert.Contains(pointer, failure!.Faults.Select(static fault => fault.Path));
            Assert.DoesNotContain(
                failure.Faults, static fault => $"{fault.Path} {fault.Message}".Contains("warfarin", StringComparison.OrdinalIgnoreCase));
        }

        AssertNotLogged(app);
        await AssertNotInRowsAsync(app, QueueFailureStore.TableName, AuditStore.TableName);
    }

    [Fact]
    public async Task Nothing_about_a_patient_comes_out_of_requests_that_succeed()
    {
        await using var app = await WholeApp.StartReadyAsync(azurite.ConnectionString);
        var body = Valid;

        var created = await app.PredictAsync(body, $"key-{Canary}");
        await app.PredictAsync(body, $"key-{Canary}");
        await app.PredictionsOfAsync(body.PatientId);
        await app.DeliverAsync(body.Utf8, "m1");

        Assert.Equal(System.Net.HttpStatusCode.Created, created.Status);
        AssertNotLogged(app);
        await AssertNotInRowsAsync(app, PatientStore.TableName, IdempotencyStore.TableName, QueueFailureStore.TableName, AuditStore.TableName);
    }

    [Fact]
    public async Task Nothing_about_a_patient_comes_out_of_requests_that_are_refused()
    {
        await using var app = await WholeApp.StartReadyAsync(azurite.ConnectionString);
        await app.PredictAsync(Valid, $"key-{Canary}");
        var number = 0;

        foreach (var body in Invalid)
        {
            var answer = await app.PredictAsync(body);
            await app.DeliverAsync(body.Utf8, $"invalid-{number++}");

            Assert.True((int)answer.Status == 422, answer.Text);
            Assert.DoesNotContain(Canary, answer.Text, StringComparison.OrdinalIgnoreCase);
        }

        foreach (var malformed in Malformed)
        {
            await app.DeliverAsync(Encoding.UTF8.GetBytes(malformed), $"malformed-{number++}");
            Assert.DoesNotContain(Canary, (await app.PredictAsync(Encoding.UTF8.GetBytes(malformed))).Text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain(Canary, (await app.PredictAsync(Valid, $"key-{Canary}")).Text, StringComparison.OrdinalIgnoreCase);
        AssertNotLogged(app);
        await AssertNotInRowsAsync(app, PatientStore.TableName, IdempotencyStore.TableName, QueueFailureStore.TableName, AuditStore.TableName);
    }

    [Fact]
    public async Task Nothing_about_a_patient_comes_out_while_storage_is_away()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        await using var app = await WholeApp.StartReadyAsync(emulator.ConnectionString);
        var body = Valid;
        await app.PredictAsync(body);
        await emulator.StopAsync(Cancellation);

        var answers = await Task.WhenAll(
            app.PredictAsync(body, $"key-{Canary}"), app.LookUpAsync(body.PatientId), app.DeliverAsync(body.Utf8, "m1"));

        Assert.All(answers, static answer => Assert.DoesNotContain(Canary, answer.Text, StringComparison.OrdinalIgnoreCase));
        AssertNotLogged(app);
    }

    [Fact]
    public async Task A_raw_patient_id_is_in_no_row()
    {
        await using var app = await WholeApp.StartReadyAsync(azurite.ConnectionString);
        var body = Body.Warfarin().With("/patient/id", $"MRN-{Canary}-{Guid.NewGuid():N}");

        await app.PredictAsync(body, body.PatientId);
        await app.DeliverAsync(body.With("/patient/weightKg", -1).Utf8, "m1");

        await AssertNotInRowsAsync(
            app, PatientStore.TableName, IdempotencyStore.TableName, QueueFailureStore.TableName, PredictionStore.TableName, AuditStore.TableName);
    }

    private static void AssertNotLogged(WholeApp app)
    {
        Assert.NotEmpty(app.Logs.Lines);
        Assert.DoesNotContain(app.Logs.Lines, static line => line.Contains(Canary, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task AssertNotInRowsAsync(WholeApp app, params string[] tables)
    {
        await app.Service<AuditTrail>().FlushAsync(Cancellation);
        foreach (var name in tables)
        {
            var rows = 0;
            var table = app.Service<StorageConnection>().Tables.GetTableClient(name);
            await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: Cancellation))
            {
                if (!row.PartitionKey.StartsWith(app.Tenant.ToString(), StringComparison.Ordinal))
                    continue;

                rows++;
                Assert.All(row, static property => Assert.DoesNotContain(Canary, Text(property.Value), StringComparison.OrdinalIgnoreCase));
            }

            Assert.True(rows > 0 || name == QueueFailureStore.TableName, $"{name} has no rows of the tenant.");
        }
    }

    private static string Text(object? value) => value switch
    {
        BinaryData data => Encoding.Latin1.GetString(data),
        byte[] data => Encoding.Latin1.GetString(data),
        _ => $"{value}",
    };
}
