using System.Text;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Reading;
using Xunit;

namespace DrugResponse.Contracts.Tests.Batches;

public sealed class BatchRowReaderTests
{
    private const int MaxDepth = 16;

    [Fact]
    public void The_row_id_is_taken_out_and_everything_else_is_left_as_it_is()
    {
        var row = Read("""{ "patient" : { "id":"ä" }, "rowId" : "P-1" , "medications":[ 1, {"a":"}"} ],"x\u0079":1.50 }""");

        Assert.Equal("P-1", row.RowId);
        Assert.Equal("""{"patient":{ "id":"ä" },"medications":[ 1, {"a":"}"} ],"x\u0079":1.50}""", Text(row));
        Assert.True(row.Faults.IsEmpty);
    }

    [Theory]
    [InlineData("""{"genotype":{}}""", """{"genotype":{}}""")]
    [InlineData("{}", "{}")]
    [InlineData("""{"rowId":null}""", "{}")]
    public void A_row_without_id_has_none(string json, string body)
    {
        var row = Read(json);

        Assert.Null(row.RowId);
        Assert.Equal(body, Text(row));
        Assert.True(row.Faults.IsEmpty);
    }

    [Theory]
    [InlineData("""{"patient":{}}""", """{"patient":{},"candidates":["warfarin","codeine"]}""")]
    [InlineData("{}", """{"candidates":["warfarin","codeine"]}""")]
    [InlineData("""{"candidates":["x"]}""", """{"candidates":["x","warfarin","codeine"]}""")]
    [InlineData("""{"candidates":[ ],"conditions":[]}""", """{"candidates":["warfarin","codeine"],"conditions":[]}""")]
    [InlineData("""{"candidates":null}""", """{"candidates":["warfarin","codeine"]}""")]
    [InlineData("""{"candidates":"x"}""", """{"candidates":"x"}""")]
    [InlineData("""{"candidates":["x"],"candidates":[]}""", """{"candidates":["x","warfarin","codeine"],"candidates":[]}""")]
    public void Drugs_asked_for_in_every_row_stand_behind_the_rows_own(string json, string body) =>
        Assert.Equal(body, Text(Read(json, "warfarin", "codeine")));

    [Theory]
    [InlineData("""{"rowId":7}""", "/rowId")]
    [InlineData("""{"rowId":" "}""", "/rowId")]
    [InlineData("""{"rowId":"a","rowId":"b"}""", "/rowId")]
    [InlineData("""["rowId"]""", "")]
    [InlineData("7", "")]
    [InlineData("null", "")]
    public void What_cannot_be_a_row_is_a_fault_at_its_place(string json, string pointer) =>
        Assert.Equal([pointer], Read(json).Faults.ToErrors().Keys);

    [Theory]
    [InlineData("""{"\ud800":1,"candidates":["warfarin"],"rowId":"a"}""", "a", "")]
    [InlineData("""{"rowId":"a","candidates\udc00":1}""", "a", "")]
    [InlineData("""{"rowId":"\ud800\ud800"}""", null, "/rowId")]
    public void Half_a_surrogate_pair_is_a_fault_of_the_row(string json, string? rowId, string pointer)
    {
        var row = Read(json, "codeine");

        Assert.Equal(rowId, row.RowId);
        using var body = System.Text.Json.JsonDocument.Parse(row.Body);
        PredictionRequestReader.Read(body.RootElement, row.Faults);
        Assert.Contains(row.Faults.ToErrors()[pointer], static message => message.Contains("surrogate", StringComparison.Ordinal));
    }

    [Fact]
    public void A_row_id_has_at_most_256_characters()
    {
        Assert.Equal(256, Read($$"""{"rowId":"{{new string('x', 256)}}"}""").RowId!.Length);
        Assert.Equal(["/rowId"], Read($$"""{"rowId":"{{new string('x', 257)}}"}""").Faults.ToErrors().Keys);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("{", 2)]
    [InlineData("""{"a":1}}""", 8)]
    [InlineData("""{"a":1} {""", 9)]
    [InlineData("{\"a\":1,\n\"b\":x}", 13)]
    public void Malformed_json_names_the_byte(string json, int position)
    {
        var row = Read(json);

        Assert.True(row.Body.IsEmpty);
        Assert.Contains($"at byte {position} of", row.Faults.ToErrors()[""][0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_row_id_of_a_malformed_row_is_kept_if_it_came_before_the_fault()
    {
        var row = Read("""{"rowId":"P-1","patient":{""");

        Assert.Equal("P-1", row.RowId);
        Assert.True(row.Body.IsEmpty);
        Assert.False(row.Faults.IsEmpty);
    }

    [Fact]
    public void Nesting_up_to_the_limit_is_accepted_and_no_deeper()
    {
        Assert.True(Read(Nested(MaxDepth)).Faults.IsEmpty);
        Assert.False(Read(Nested(MaxDepth + 1)).Faults.IsEmpty);

        static string Nested(int levels) => string.Concat(Enumerable.Repeat("{\"a\":", levels - 1)) + "{" + new string('}', levels);
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_a_fault()
    {
        var row = new BatchRowReader([], MaxDepth).Read([.. "{\"a\":\""u8, 0xFF, .. "\"}"u8]);

        Assert.True(row.Body.IsEmpty);
        Assert.Equal([""], row.Faults.ToErrors().Keys);
    }

    [Fact]
    public void One_reader_reads_many_rows()
    {
        var reader = new BatchRowReader(["warfarin"], MaxDepth);

        Assert.Equal("""{"a":1,"candidates":["warfarin"]}""", Text(reader.Read("{\"a\":1}"u8)));
        Assert.Equal("""{"candidates":["warfarin"]}""", Text(reader.Read("{}"u8)));
    }

    private static BatchRow Read(string json, params string[] candidates) =>
        new BatchRowReader(candidates, MaxDepth).Read(Encoding.UTF8.GetBytes(json));

    private static string Text(BatchRow row) => Encoding.UTF8.GetString(row.Body.Span);
}
