using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Protection;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Patients;

public sealed class PatientRegisterTests(AzuriteFixture azurite)
{
    private const string RawId = "MRN-0042";

    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly PatientConsent Objection = new(true, "letter of 3 May, MRN-0042", Noon, "key:1");

    private readonly TenantName _tenant = AzuriteFixture.UniqueTenant();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_consent_is_read_back_and_its_reference_lies_encrypted()
    {
        var (patients, register) = await CreateAsync();
        var key = await patients.EnterAsync(_tenant, RawId, Cancellation);
        Assert.Null(await register.FindConsentAsync(_tenant, key, Cancellation));

        await register.RecordConsentAsync(_tenant, key, Objection, Cancellation);

        Assert.Equal(Objection, await register.FindConsentAsync(_tenant, key, Cancellation));
        Assert.Null(await register.FindConsentAsync(AzuriteFixture.UniqueTenant(), key, Cancellation));
        foreach (var row in await ReadRowsAsync())
            Assert.All(row.Values, static value => Assert.DoesNotContain("0042", Text(value), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_objection_is_met_by_the_raw_id_under_every_version_and_can_be_withdrawn()
    {
        var (old, register) = await CreateAsync();
        var key = await old.EnterAsync(_tenant, RawId, Cancellation);
        var (rotated, _) = await CreateAsync(1, 2);
        await rotated.FindAsync(_tenant, RawId, Cancellation);

        await register.RecordConsentAsync(_tenant, key, Objection, Cancellation);

        Assert.Equal(new KnownPatient(key, true), await old.FindAsync(_tenant, RawId, Cancellation));
        Assert.Equal(new KnownPatient(key, true), await rotated.GetOrCreateAsync(_tenant, RawId, Cancellation));
        Assert.Equal(await register.FindPseudonymsAsync(_tenant, key, Cancellation), await ObjectionsAsync(register));
        Assert.Equal(2, (await ObjectionsAsync(register)).Count);

        await register.RecordConsentAsync(_tenant, key, Objection with { HasObjected = false }, Cancellation);
        await register.RecordConsentAsync(_tenant, key, Objection with { HasObjected = false }, Cancellation);

        Assert.Equal(new KnownPatient(key, false), await rotated.FindAsync(_tenant, RawId, Cancellation));
        Assert.Empty(await ObjectionsAsync(register));
    }

    [Fact]
    public async Task An_objection_moves_with_the_patient_to_a_new_version()
    {
        var (old, register) = await CreateAsync();
        var key = await old.EnterAsync(_tenant, RawId, Cancellation);
        await register.RecordConsentAsync(_tenant, key, Objection, Cancellation);
        var (rotated, _) = await CreateAsync(1, 2);

        Assert.Equal(new KnownPatient(key, true), await rotated.FindAsync(_tenant, RawId, Cancellation));

        var (onlyNew, _) = await CreateAsync(2);
        Assert.Equal(new KnownPatient(key, true), await onlyNew.FindAsync(_tenant, RawId, Cancellation));
        Assert.Equal(2, (await ObjectionsAsync(register)).Count);
    }

    [Fact]
    public async Task A_removed_patient_is_a_new_one_when_named_again()
    {
        var (patients, register) = await CreateAsync();
        var key = await patients.EnterAsync(_tenant, RawId, Cancellation);
        var other = await patients.EnterAsync(_tenant, "MRN-0043", Cancellation);

        await register.RemoveAsync(_tenant, key, Cancellation);
        await register.RemoveAsync(_tenant, key, Cancellation);

        Assert.Null(await patients.FindAsync(_tenant, RawId, Cancellation));
        Assert.DoesNotContain(await ReadRowsAsync(), row => row.RowKey.Contains(key.ToString(), StringComparison.Ordinal));
        Assert.NotEqual(key, await patients.EnterAsync(_tenant, RawId, Cancellation));
        Assert.Equal(other, await patients.EnterAsync(_tenant, "MRN-0043", Cancellation));
    }

    [Fact]
    public async Task Of_a_removed_patient_that_objected_the_objection_is_kept_and_nothing_else()
    {
        var (patients, register) = await CreateAsync();
        var key = await patients.EnterAsync(_tenant, RawId, Cancellation);
        await register.RecordConsentAsync(_tenant, key, Objection, Cancellation);

        await register.RemoveAsync(_tenant, key, Cancellation);

        Assert.Equal(new KnownPatient(null, true), await patients.GetOrCreateAsync(_tenant, RawId, Cancellation));
        Assert.Null(await register.FindConsentAsync(_tenant, key, Cancellation));
        Assert.Empty(await register.FindPseudonymsAsync(_tenant, key, Cancellation));
        Assert.Single(await ObjectionsAsync(register));
        foreach (var row in await ReadRowsAsync())
            Assert.All(row.Values, value => Assert.DoesNotContain(key.ToString(), Text(value), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_removed_patient_that_objected_can_be_entered_again_by_all_at_once_to_withdraw_that()
    {
        var (patients, register) = await CreateAsync();
        await register.RecordConsentAsync(_tenant, await patients.EnterAsync(_tenant, RawId, Cancellation), Objection, Cancellation);
        await register.RemoveAsync(_tenant, await patients.EnterAsync(_tenant, RawId, Cancellation), Cancellation);

        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => patients.EnterAsync(_tenant, RawId, Cancellation)));

        var key = Assert.Single(keys.Distinct());
        Assert.Equal(new KnownPatient(key, true), await patients.FindAsync(_tenant, RawId, Cancellation));
        await register.RecordConsentAsync(_tenant, key, Objection with { HasObjected = false }, Cancellation);
        Assert.Equal(new KnownPatient(key, false), await patients.FindAsync(_tenant, RawId, Cancellation));
    }

    [Fact]
    public async Task What_is_stored_about_a_patient_that_is_not_entered_is_found_by_the_pseudonyms()
    {
        var (old, register) = await CreateAsync();
        var key = await old.EnterAsync(_tenant, RawId, Cancellation);
        await register.RecordConsentAsync(_tenant, key, Objection, Cancellation);
        var (rotated, _) = await CreateAsync(1, 2);

        var pseudonyms = rotated.PseudonymsOf(_tenant, RawId);

        Assert.Equal(2, pseudonyms.Count);
        Assert.NotEmpty((await register.FindPseudonymsAsync(_tenant, key, Cancellation)).Intersect(pseudonyms));
        Assert.NotEmpty((await ObjectionsAsync(register)).Intersect(pseudonyms));
        Assert.Empty(pseudonyms.Intersect(rotated.PseudonymsOf(_tenant, "MRN-0043")));
    }

    [Fact]
    public async Task A_rotation_is_reported_and_the_old_version_can_be_retired()
    {
        var (old, register) = await CreateAsync();
        var (seen, unseen) = (await old.EnterAsync(_tenant, "seen", Cancellation), await old.EnterAsync(_tenant, "unseen", Cancellation));
        await register.RecordConsentAsync(_tenant, seen, Objection, Cancellation);
        var (rotated, _) = await CreateAsync(1, 2);
        await rotated.FindAsync(_tenant, "seen", Cancellation);
        await rotated.EnterAsync(_tenant, "new", Cancellation);
        var rotation = new PseudonymRotation((await azurite.ConnectAsync()).Tables, Ring(1, 2));

        var before = await rotation.ReportAsync(_tenant, Cancellation);
        var removed = await rotation.RetireAsync(_tenant, 1, Cancellation);
        var after = await rotation.ReportAsync(_tenant, Cancellation);

        Assert.Equal((2, 3), (before.CurrentVersion, before.Patients));
        Assert.Equal([KeyValuePair.Create(1, 1L)], before.OnlyOnOthers);
        Assert.Equal(7, removed);
        Assert.Equal(2, after.Patients);
        Assert.Empty(after.OnlyOnOthers);
        Assert.Equal(new KnownPatient(seen, true), await rotated.FindAsync(_tenant, "seen", Cancellation));
        Assert.Null(await rotated.FindAsync(_tenant, "unseen", Cancellation));
        Assert.NotEqual(unseen, await rotated.EnterAsync(_tenant, "unseen", Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => rotation.RetireAsync(_tenant, 2, Cancellation));
    }

    [Fact]
    public async Task An_objection_of_an_erased_patient_is_reported_until_it_is_kept_under_the_current_version()
    {
        var (old, register) = await CreateAsync();
        foreach (var rawId in new[] { "seen", "unseen" })
            await EraseObjectorAsync(old, register, rawId);
        var (rotated, _) = await CreateAsync(1, 2);
        await EraseObjectorAsync(rotated, register, "erased since");
        var rotation = new PseudonymRotation((await azurite.ConnectAsync()).Tables, Ring(1, 2));

        var before = await rotation.ReportAsync(_tenant, Cancellation);
        await rotated.FindAsync(_tenant, "seen", Cancellation);
        var after = await rotation.ReportAsync(_tenant, Cancellation);
        await rotation.RetireAsync(_tenant, 1, Cancellation);

        Assert.Equal([KeyValuePair.Create(1, 2L)], before.ObjectionsOnlyOnOthers);
        Assert.Equal([KeyValuePair.Create(1, 1L)], after.ObjectionsOnlyOnOthers);
        Assert.Empty((await rotation.ReportAsync(_tenant, Cancellation)).ObjectionsOnlyOnOthers);
        foreach (var rawId in new[] { "seen", "erased since" })
            Assert.Equal(new KnownPatient(null, true), await rotated.GetOrCreateAsync(_tenant, rawId, Cancellation));
        Assert.False((await rotated.GetOrCreateAsync(_tenant, "unseen", Cancellation)).HasObjected);
    }

    [Fact]
    public async Task An_objection_of_an_erased_patient_can_be_withdrawn_under_every_version()
    {
        var (old, register) = await CreateAsync();
        await EraseObjectorAsync(old, register, RawId);
        var (rotated, _) = await CreateAsync(1, 2);
        await rotated.FindAsync(_tenant, RawId, Cancellation);

        var key = await rotated.EnterAsync(_tenant, RawId, Cancellation);
        await register.RecordConsentAsync(_tenant, key, Objection with { HasObjected = false }, Cancellation);

        Assert.Empty(await ObjectionsAsync(register));
        Assert.Equal(new KnownPatient(key, false), await old.FindAsync(_tenant, RawId, Cancellation));
        Assert.Equal(new KnownPatient(key, false), await rotated.FindAsync(_tenant, RawId, Cancellation));
    }

    [Fact]
    public async Task An_objection_that_is_recorded_while_the_patient_is_copied_to_a_new_version_is_not_lost()
    {
        var (old, register) = await CreateAsync();
        var key = await old.EnterAsync(_tenant, RawId, Cancellation);
        var tables = BetweenRequests.Connect(
            azurite.ConnectionString, () => register.RecordConsentAsync(_tenant, key, Objection, Cancellation));
        var rotated = new PatientStore(tables, Ring(1, 2), TimeProvider.System);

        Assert.Equal(new KnownPatient(key, true), await rotated.FindAsync(_tenant, RawId, Cancellation));

        Assert.Equal(new KnownPatient(key, true), await rotated.FindAsync(_tenant, RawId, Cancellation));
        Assert.Equal(2, (await ObjectionsAsync(register)).Count);
    }

    [Fact]
    public async Task A_patient_that_is_copied_to_a_new_version_while_the_objection_is_recorded_has_objected()
    {
        var (old, _) = await CreateAsync();
        var key = await old.EnterAsync(_tenant, RawId, Cancellation);
        var (rotated, _) = await CreateAsync(1, 2);
        var register = new PatientRegister(
            BetweenRequests.Connect(azurite.ConnectionString, () => rotated.FindAsync(_tenant, RawId, Cancellation)), Cipher());

        await register.RecordConsentAsync(_tenant, key, Objection, Cancellation);

        Assert.Equal(new KnownPatient(key, true), await rotated.FindAsync(_tenant, RawId, Cancellation));
        Assert.Equal(2, (await ObjectionsAsync(register)).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_consents_recorded_at_once_the_last_counts_everywhere(bool hasObjected)
    {
        var (patients, others) = await CreateAsync();
        var key = await patients.EnterAsync(_tenant, RawId, Cancellation);
        await others.RecordConsentAsync(_tenant, key, Objection with { HasObjected = hasObjected }, Cancellation);
        var register = new PatientRegister(
            BetweenRequests.Connect(
                azurite.ConnectionString,
                () => others.RecordConsentAsync(_tenant, key, Objection with { HasObjected = !hasObjected }, Cancellation)),
            Cipher());

        await register.RecordConsentAsync(_tenant, key, Objection with { HasObjected = false }, Cancellation);

        Assert.False((await register.FindConsentAsync(_tenant, key, Cancellation))!.HasObjected);
        Assert.Equal(new KnownPatient(key, false), await patients.FindAsync(_tenant, RawId, Cancellation));
        Assert.Empty(await ObjectionsAsync(register));
    }

    [Fact]
    public async Task A_consent_beside_a_removal_marks_nobody()
    {
        var (patients, others) = await CreateAsync();
        var key = await patients.EnterAsync(_tenant, RawId, Cancellation);
        var register = new PatientRegister(
            BetweenRequests.Connect(azurite.ConnectionString, () => others.RemoveAsync(_tenant, key, Cancellation)), Cipher());

        await register.RecordConsentAsync(_tenant, key, Objection, Cancellation);

        Assert.Null(await patients.FindAsync(_tenant, RawId, Cancellation));
        Assert.Empty(await ObjectionsAsync(register));
    }

    [Fact]
    public async Task A_removal_beside_an_objection_keeps_it()
    {
        var (patients, others) = await CreateAsync();
        var key = await patients.EnterAsync(_tenant, RawId, Cancellation);
        var register = new PatientRegister(
            BetweenRequests.Connect(azurite.ConnectionString, () => others.RecordConsentAsync(_tenant, key, Objection, Cancellation)), Cipher());

        await register.RemoveAsync(_tenant, key, Cancellation);

        Assert.Equal(new KnownPatient(null, true), await patients.FindAsync(_tenant, RawId, Cancellation));
        Assert.Single(await ObjectionsAsync(register));
    }

    [Fact]
    public async Task Of_many_who_record_a_consent_at_once_none_is_refused()
    {
        var (patients, register) = await CreateAsync(1, 2);
        var key = await patients.EnterAsync(_tenant, RawId, Cancellation);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(number =>
            register.RecordConsentAsync(_tenant, key, Objection with { Reference = $"letter {number}" }, Cancellation)));

        Assert.Equal(new KnownPatient(key, true), await patients.FindAsync(_tenant, RawId, Cancellation));
        Assert.Equal(2, (await ObjectionsAsync(register)).Count);
    }

    private static EnvelopeCipher Cipher() => new(new MasterKeyRing(new Dictionary<int, byte[]> { [1] = new byte[32] }, 1));

    private async Task EraseObjectorAsync(PatientStore patients, PatientRegister register, string rawId)
    {
        var key = await patients.EnterAsync(_tenant, rawId, Cancellation);
        await register.RecordConsentAsync(_tenant, key, Objection, Cancellation);
        await register.RemoveAsync(_tenant, key, Cancellation);
    }

    private static string Text(object value) => value is byte[] bytes ? System.Text.Encoding.Latin1.GetString(bytes) : $"{value}";

    private static PseudonymKeyRing Ring(params int[] versions) => new(
        versions.ToDictionary(static version => version, static version => Enumerable.Repeat((byte)version, 32).ToArray()), versions[^1]);

    private static async Task<List<string>> ReadAllAsync(IAsyncEnumerable<string> texts)
    {
        var list = new List<string>();
        await foreach (var text in texts)
            list.Add(text);
        return list;
    }

    private Task<List<string>> ObjectionsAsync(PatientRegister register) => ReadAllAsync(register.ReadObjectionsAsync(_tenant, Cancellation));

    private async Task<(PatientStore Patients, PatientRegister Register)> CreateAsync(params int[] versions)
    {
        var tables = (await azurite.ConnectAsync()).Tables;
        return (new PatientStore(tables, Ring(versions.Length == 0 ? [1] : versions), TimeProvider.System), new PatientRegister(tables, Cipher()));
    }

    private async Task<List<TableEntity>> ReadRowsAsync()
    {
        var rows = new List<TableEntity>();
        var table = (await azurite.ConnectAsync()).Tables.GetTableClient(PatientStore.TableName);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {_tenant.ToString()}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: Cancellation))
            rows.Add(row);
        return rows;
    }
}
