using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;
using FsCheck;
using FsCheck.Fluent;

namespace DrugResponse.Storage.Tests.Predictions;

public sealed class PredictionIdTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_text_has_the_documented_bytes()
    {
        Assert.True(PatientKey.TryParse("AAECAwQFBgcICQoLDA0ODw", out var patient));

        var id = PredictionId.Create(patient, DateTimeOffset.MaxValue.AddTicks(-0x0102), 0xF0F1F2F3F4F5F6F7);

        Assert.Equal(
            "000102030405060708090A0B0C0D0E0F" + "0000000000000102" + "F0F1F2F3F4F5F6F7",
            Convert.ToHexString(System.Buffers.Text.Base64Url.DecodeFromChars(id.ToString())));
        Assert.Equal("0000000000000102f0f1f2f3f4f5f6f7", id.RowKey);
    }

    [Fact]
    public void An_id_is_read_from_its_text_with_patient_and_time()
    {
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll<long, ulong>((ticks, bits) =>
        {
            var patient = PatientKey.New();
            var createdAt = new DateTimeOffset(Math.Abs(ticks % DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
            var id = PredictionId.Create(patient, createdAt, bits);

            return PredictionId.TryParse(id.ToString(), out var parsed)
                && parsed == id
                && parsed.PatientKey == patient
                && parsed.CreatedAt == createdAt
                && PredictionId.FromRowKey(patient, id.RowKey) == id;
        }));
    }

    [Fact]
    public void A_later_prediction_comes_first_in_the_table()
    {
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll<DateTime, DateTime, ulong>((one, other, bits) =>
        {
            var patient = PatientKey.New();
            var (first, second) = (new DateTimeOffset(one.Ticks, TimeSpan.Zero), new DateTimeOffset(other.Ticks, TimeSpan.Zero));
            var order = string.CompareOrdinal(
                PredictionId.Create(patient, first, bits).RowKey, PredictionId.Create(patient, second, bits).RowKey);

            return Math.Sign(order) == Math.Sign(second.CompareTo(first));
        }));
    }

    [Fact]
    public void No_text_makes_the_reader_throw_and_what_it_takes_is_the_ids_only_text()
    {
        var characters = Gen.OneOf(Gen.Elements(Alphabet.ToCharArray()), Gen.Elements("=+/ \n\0é\ud83e".ToCharArray()));
        var texts = Gen.OneOf(
            Gen.ArrayOf(Gen.Elements(Alphabet.ToCharArray()), PredictionId.TextLength).Select(array => new string(array)),
            Gen.ArrayOf(characters, PredictionId.TextLength).Select(array => new string(array)),
            Gen.ArrayOf(characters).Select(array => new string(array)));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(texts.ToArbitrary(), text =>
            !PredictionId.TryParse(text, out var id) || id.ToString() == text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Other_text_is_no_id(string? text) => Assert.False(PredictionId.TryParse(text, out _));

    [Fact]
    public void A_changed_last_character_or_an_impossible_time_is_no_id()
    {
        var text = PredictionId.Create(PatientKey.New(), Noon, 4).ToString();
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(text);
        bytes[16] = 0xFF;

        // The last character carries four bits of the last byte; its other two must be zero.
        Assert.False(PredictionId.TryParse(text[..^1] + Alphabet[Alphabet.IndexOf(text[^1], StringComparison.Ordinal) + 1], out _));
        Assert.False(PredictionId.TryParse(text + "A", out _));
        Assert.False(PredictionId.TryParse(System.Buffers.Text.Base64Url.EncodeToString(bytes), out _));
    }

    [Fact]
    public void Made_at_the_same_instant_ids_differ()
    {
        var patient = PatientKey.New();

        Assert.NotEqual(PredictionId.Create(patient, Noon), PredictionId.Create(patient, Noon));
    }

    [Fact]
    public void The_default_values_cannot_be_used()
    {
        Assert.Throws<InvalidOperationException>(() => default(PredictionId).ToString());
        Assert.Throws<InvalidOperationException>(() => PredictionId.Create(default, Noon));
    }
}
