using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Predictions;

public sealed class PredictionStoreTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly TenantName _tenant = AzuriteFixture.UniqueTenant();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(6_000)]
    [InlineData(65_000)]
    [InlineData(66_000)]
    [InlineData(200_000)]
    [InlineData(523_000)]
    [InlineData(600_000)]
    [InlineData(3_000_000)]
    public async Task Gives_back_what_was_kept_whatever_its_size(int size)
    {
        var store = await CreateStoreAsync();
        var prediction = Prediction(PatientKey.New(), 0);
        prediction = prediction with { Content = KeptPredictions.Answer(prediction.Id, size) };

        var added = await store.AddAsync(_tenant, prediction, Cancellation);
        var read = await store.GetAsync(_tenant, prediction.Id, Cancellation);

        Assert.Same(prediction, added);
        Assert.Equal(prediction, read);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_000)]
    [InlineData(65_000)]
    public async Task Shadow_scores_are_kept_beside_the_answer_and_not_in_it(int size)
    {
        var store = await CreateStoreAsync();
        var shadow = new byte[size];
        new Random(size).NextBytes(shadow);
        var prediction = Prediction(PatientKey.New(), 0) with { ShadowScores = shadow };

        await store.AddAsync(_tenant, prediction, Cancellation);
        var read = await store.GetAsync(_tenant, prediction.Id, Cancellation);

        Assert.Equal(prediction, read);
        Assert.Equal(shadow, read!.ShadowScores.ToArray());
        Assert.Equal(prediction.Content.ToArray(), read.Content.ToArray());
    }

    [Fact]
    public async Task A_second_answer_under_the_same_id_gives_back_the_first()
    {
        var store = await CreateStoreAsync();
        var first = Prediction(PatientKey.New(), 0);
        await store.AddAsync(_tenant, first, Cancellation);

        var again = await store.AddAsync(_tenant, first with { Content = KeptPredictions.Answer(first.Id, 3) }, Cancellation);

        Assert.Equal(first, again);
        Assert.Equal(first, await store.GetAsync(_tenant, first.Id, Cancellation));
    }

    [Fact]
    public async Task A_second_large_answer_under_the_same_id_leaves_the_first_intact()
    {
        var store = await CreateStoreAsync();
        var first = Prediction(PatientKey.New(), 0);
        first = first with { Content = KeptPredictions.Answer(first.Id, 700_000) };
        await store.AddAsync(_tenant, first, Cancellation);

        var again = await store.AddAsync(_tenant, first with { Content = KeptPredictions.Answer(first.Id, 700_000, seed: 2) }, Cancellation);

        Assert.Equal(first, again);
        Assert.Equal(first, await store.GetAsync(_tenant, first.Id, Cancellation));
    }

    [Fact]
    public async Task Of_answers_added_at_once_under_one_id_all_callers_get_the_same()
    {
        var store = await CreateStoreAsync();
        var prediction = Prediction(PatientKey.New(), 0);

        var kept = await Task.WhenAll(Enumerable.Range(0, 8).Select(index =>
            store.AddAsync(_tenant, prediction with { Content = KeptPredictions.Answer(prediction.Id, 8, seed: index) }, Cancellation)));

        Assert.Single(kept.Distinct());
    }

    [Fact]
    public async Task Another_tenant_cannot_read_it_by_id_or_list_it_by_patient()
    {
        var store = await CreateStoreAsync();
        var prediction = Prediction(PatientKey.New(), 0);
        await store.AddAsync(_tenant, prediction, Cancellation);
        var other = AzuriteFixture.UniqueTenant();

        Assert.Null(await store.GetAsync(other, prediction.Id, Cancellation));
        Assert.Empty((await store.ListAsync(other, prediction.Id.PatientKey, 10, cancellationToken: Cancellation)).Predictions);
    }

    [Fact]
    public async Task An_unknown_id_is_not_found()
    {
        var store = await CreateStoreAsync();

        Assert.Null(await store.GetAsync(_tenant, PredictionId.Create(PatientKey.New(), Noon), Cancellation));
    }

    [Fact]
    public async Task Lists_a_patients_predictions_newest_first_in_pages()
    {
        var store = await CreateStoreAsync();
        var patient = PatientKey.New();
        var predictions = Enumerable.Range(0, 7).Select(minute => Prediction(patient, minute)).ToArray();
        foreach (var prediction in predictions.OrderBy(prediction => prediction.RequestHash, StringComparer.Ordinal))
            await store.AddAsync(_tenant, prediction, Cancellation);
        await store.AddAsync(_tenant, Prediction(PatientKey.New(), 3), Cancellation);

        var pages = new List<PredictionPage>();
        PredictionId? continuation = null;
        do
        {
            pages.Add(await store.ListAsync(_tenant, patient, 3, continuation, Cancellation));
            continuation = pages[^1].Continuation;
        }
        while (continuation is not null);

        Assert.Equal([3, 3, 1], pages.Select(page => page.Predictions.Count));
        Assert.Equal(predictions.Reverse(), pages.SelectMany(page => page.Predictions));
    }

    [Fact]
    public async Task A_full_last_page_has_no_continuation()
    {
        var store = await CreateStoreAsync();
        var patient = PatientKey.New();
        await store.AddAsync(_tenant, Prediction(patient, 0), Cancellation);
        await store.AddAsync(_tenant, Prediction(patient, 1), Cancellation);

        var page = await store.ListAsync(_tenant, patient, 2, cancellationToken: Cancellation);

        Assert.Equal(2, page.Predictions.Count);
        Assert.Null(page.Continuation);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task A_page_size_out_of_range_is_refused(int size)
    {
        var store = await CreateStoreAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => store.ListAsync(_tenant, PatientKey.New(), size, cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_continuation_of_another_patient_is_refused()
    {
        var store = await CreateStoreAsync();

        await Assert.ThrowsAsync<ArgumentException>(
            "continuation",
            () => store.ListAsync(_tenant, PatientKey.New(), 1, PredictionId.Create(PatientKey.New(), Noon), Cancellation));
    }

    [Fact]
    public void The_text_of_a_prediction_does_not_show_its_content()
    {
        var prediction = Prediction(PatientKey.New(), 0);

        Assert.DoesNotContain(prediction.RequestHash, prediction.ToString(), StringComparison.Ordinal);
        Assert.Contains(prediction.Id.ToString(), prediction.ToString(), StringComparison.Ordinal);
    }

    private static StoredPrediction Prediction(PatientKey patient, int minute)
    {
        var id = PredictionId.Create(patient, Noon.AddMinutes(minute));
        return new(id, KeptPredictions.Answer(id, minute, seed: minute), "hash-" + (minute * 5 % 7), "knowledge-1", "warfarin/dose@1.0.0");
    }

    private async Task<PredictionStore> CreateStoreAsync() => KeptPredictions.Store(await azurite.ConnectAsync());
}
