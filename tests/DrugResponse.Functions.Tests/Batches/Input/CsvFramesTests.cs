using System.IO.Pipelines;
using System.Text;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Batches.Input;

namespace DrugResponse.Functions.Tests.Batches.Input;

public sealed class CsvFramesTests
{
    public static TheoryData<int> Pieces { get; } = [1, 2, 3, 7, int.MaxValue];

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task A_record_becomes_the_body_that_its_columns_name(int pieceBytes)
    {
        const string text =
            "rowId,patient.id,patient.ageYears,patient.sex,patient.smoker,genotype.diplotypes.CYP2C9,genotype.variants.rs9923231,medications,conditions,candidates\n"
            + "P-1,0042,65.5,female,TRUE,*1/*3,C/T,amiodarone|simvastatin,heart failure,warfarin | codeine\n";

        var frame = Assert.Single(await ReadAsync(text, pieceBytes));

        Assert.Equal(2, frame.Line);
        Assert.Null(frame.Fault);
        Assert.Equal(
            """
            {"rowId":"P-1","patient":{"id":"0042","ageYears":65.5,"sex":"female","smoker":true},
            "genotype":{"diplotypes":{"CYP2C9":"*1/*3"},"variants":{"rs9923231":"C/T"}},
            "medications":[{"drug":"amiodarone"},{"drug":"simvastatin"}],"conditions":["heart failure"],"candidates":["warfarin","codeine"]}
            """.ReplaceLineEndings(""),
            frame.Json);
    }

    [Fact]
    public async Task An_empty_field_is_not_known_and_none_is_an_empty_list()
    {
        var frames = await ReadAsync("rowId,patient.ageYears,genotype.diplotypes.CYP2C9,medications,conditions\na, ,\"\",none,None\nb,,,,\n");

        Assert.Equal(["""{"rowId":"a","medications":[],"conditions":[]}""", """{"rowId":"b"}"""], frames.Select(static frame => frame.Json));
    }

    [Theory]
    [InlineData("patient.ageYears", "sixty", "\"sixty\"")]
    [InlineData("patient.ageYears", "\"71,5\"", "\"71,5\"")]
    [InlineData("patient.ageYears", "NaN", "\"NaN\"")]
    [InlineData("patient.ageYears", "1e1", "10")]
    [InlineData("patient.id", "true", "\"true\"")]
    [InlineData("patient.ancestry", "1", "\"1\"")]
    [InlineData("patient.smoker", "yes", "\"yes\"")]
    public async Task A_field_has_the_type_that_its_member_takes(string column, string field, string expected)
    {
        var frame = Assert.Single(await ReadAsync($"{column}\n{field}\n"));

        Assert.Equal("{\"patient\":{\"" + column[8..] + "\":" + expected + "}}", frame.Json);
    }

    [Fact]
    public async Task Names_of_genes_keep_their_dots_and_several_statements_are_joined_by_ampersands()
    {
        var frame = Assert.Single(await ReadAsync(
            "genotype.diplotypes.HLA-B,genotype.diplotypes.A.B,genotype.activityScores.DPYD\n*57:01 negative & *58:01 positive,*1/*2,1.50\n"));

        Assert.Equal(
            """{"genotype":{"diplotypes":{"HLA-B":["*57:01 negative","*58:01 positive"],"A.B":"*1/*2"},"activityScores":{"DPYD":"1.50"}}}""",
            frame.Json);
    }

    [Fact]
    public async Task Semicolons_separate_when_the_header_has_more_of_them()
    {
        var frames = await ReadAsync("rowId;patient.id;patient.weightKg\r\na,b;\"c;d\";71.5\r\n");

        Assert.Equal("""{"rowId":"a,b","patient":{"id":"c;d","weightKg":71.5}}""", Assert.Single(frames).Json);
    }

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task Lines_are_counted_through_quoted_breaks_and_blank_lines(int pieceBytes)
    {
        var frames = await ReadAsync("rowId,patient.id\n\na,\"x\ny\"\r\n\r\n\"b\"\"\",z\nc,w", pieceBytes);

        Assert.Equal([3, 6, 7], frames.Select(static frame => frame.Line));
        Assert.Equal(
            ["""{"rowId":"a","patient":{"id":"x\ny"}}""", """{"rowId":"b\u0022","patient":{"id":"z"}}""", """{"rowId":"c","patient":{"id":"w"}}"""],
            frames.Select(static frame => frame.Json));
    }

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task Faults_of_a_record_leave_the_others_alone(int pieceBytes)
    {
        byte[] text =
        [
            .. "rowId,patient.id\na\nb,x,y\nc,x,\nd,\"x\"y\ne,x\"y\nf,"u8, 0xFF, .. "\n"u8, 0xFE, .. ",g\nh,ok\n"u8,
        ];

        var frames = await Frames.OfAsync(text, BatchFormats.Csv, pieceBytes);

        Assert.Equal([2, 3, 4, 5, 6, 7, 8, 9], frames.Select(static frame => frame.Line));
        Assert.Equal(
            ["Has 1 f", "Has 3 f", null, "Has a q", "Has a q", "Is not ", "Is not ", null], frames.Select(static frame => frame.Fault?[..7]));
        Assert.Equal(
            ["""{"rowId":"a"}""", """{"rowId":"b"}""", """{"rowId":"c","patient":{"id":"x"}}""", """{"rowId":"d"}""", """{"rowId":"e"}""",
                """{"rowId":"f"}""", "{}", """{"rowId":"h","patient":{"id":"ok"}}"""],
            frames.Select(static frame => frame.Json));
    }

    [Fact]
    public async Task All_faults_of_a_header_are_told_at_once()
    {
        var refusal = await Assert.ThrowsAsync<InputRefusedException>(
            () => ReadAsync("rowId,patient.wieghtKg,patient.ageYears,patient.ageYears,patient,,genotype.diplotypes,medication,rowId\n"));

        Assert.Equal((ProblemTypes.InvalidContent, 422), (refusal.Problem.Problem.Type, refusal.Problem.Problem.Status));
        Assert.Equal(
            ["/header/1", "/header/3", "/header/4", "/header/5", "/header/6", "/header/7", "/header/8"],
            refusal.Problem.Problem.Errors!.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public async Task A_header_is_needed(string text)
    {
        var refusal = await Assert.ThrowsAsync<InputRefusedException>(() => ReadAsync(text));

        Assert.Equal("The batch has no rows.", refusal.Problem.Problem.Title);
    }

    [Fact]
    public async Task A_header_alone_has_no_rows() => Assert.Empty(await ReadAsync("rowId,patient.id\r\n"));

    [Theory]
    [InlineData(20)]
    [InlineData(100_000)]
    public async Task A_quotation_mark_that_is_not_closed_is_refused_with_its_line(int length)
    {
        var text = new StringBuilder("rowId,patient.id\na,x\nb,\"").Append('x', length).Append("\nc,y\n").ToString();

        var refusal = await Assert.ThrowsAsync<InputRefusedException>(() => ReadAsync(text, 64));

        Assert.Contains("line 3", refusal.Problem.Problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task A_record_that_is_too_long_is_a_fault_and_its_neighbours_are_not(int pieceBytes)
    {
        var longest = new string('x', Frames.MaxRowBytes - 2);
        var frames = await ReadAsync(
            $"rowId,patient.id\r\na,x\r\nb,{longest}x\r\nc,{longest}\r\nd,\"{longest}\n\n\"\"{longest}\"\r\ne,y\n\"f\",\"{longest}\",z\ng,{longest}{longest}", pieceBytes);

        Assert.Equal([2, 3, 4, 5, 8, 9, 10], frames.Select(static frame => frame.Line));
        Assert.Equal([false, true, false, true, false, true, true], frames.Select(static frame => frame.Fault is not null));
        Assert.Equal(
            ["""{"rowId":"a","patient":{"id":"x"}}""", "", $$$"""{"rowId":"c","patient":{"id":"{{{longest}}}"}}""", "", """{"rowId":"e","patient":{"id":"y"}}""", "", ""],
            frames.Select(static frame => frame.Json));
        Assert.DoesNotContain("lines", frames[1].Fault, StringComparison.Ordinal);
        Assert.Contains("takes 3 lines", frames[3].Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_an_open_quotation_mark_took_for_its_text_are_told_as_such()
    {
        var rows = string.Concat(Enumerable.Range(0, 40).Select(static row => $"{row},some text\n"));

        var frames = await ReadAsync($"rowId,patient.id\na,\"x\n{rows}b,\"y\"\nc,z\n");

        Assert.Equal([2, 44], frames.Select(static frame => frame.Line));
        Assert.Contains("takes 42 lines: if a quotation mark in it is not closed", frames[0].Fault, StringComparison.Ordinal);
        Assert.Equal("""{"rowId":"c","patient":{"id":"z"}}""", frames[1].Json);
    }

    [Theory]
    [InlineData(",")]
    [InlineData(", \t")]
    [InlineData(",\"\n\n\",")]
    public async Task A_last_record_that_is_too_long_may_end_behind_a_separator(string end)
    {
        var tooLong = new string('x', 2 * Frames.MaxRowBytes);

        var frames = await ReadAsync($"rowId,patient.id\na,x\ng,{tooLong}{end}", 7);

        Assert.Equal([2, 3], frames.Select(static frame => frame.Line));
        Assert.StartsWith("Has more than", frames[1].Fault, StringComparison.Ordinal);
        Assert.Equal(end.Contains('\n', StringComparison.Ordinal), frames[1].Fault!.Contains("takes 3 lines", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\nc,z\n")]
    public async Task A_record_of_too_many_lines_is_refused_without_holding_them(string end)
    {
        var text = "rowId,patient.id\nb,\"" + new string('\n', 20 * Frames.MaxRowBytes) + end;

        var refusal = await Assert.ThrowsAsync<InputRefusedException>(() => ReadAsync(text));
        await using var records = new CsvRecordLimit(PipeReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(text))), ',', Frames.MaxRowBytes);
        using var passed = new StreamReader(records);
        var lines = (await passed.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n');

        Assert.Contains("line 2", refusal.Problem.Problem.Detail, StringComparison.Ordinal);
        Assert.Equal("rowId,patient.id", lines[0]);
        Assert.InRange(lines.Length, 2 * Frames.MaxRowBytes, (2 * Frames.MaxRowBytes) + 10);
    }

    [Fact]
    public async Task A_header_that_is_too_long_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<InputRefusedException>(() => ReadAsync($"rowId,{new string('x', Frames.MaxRowBytes)}\na,b\n"));

        Assert.Equal((ProblemTypes.UnreadableInput, 400), (refusal.Problem.Problem.Type, refusal.Problem.Problem.Status));
    }

    [Fact]
    public async Task Items_of_a_list_may_stand_on_lines_of_their_own()
    {
        var frame = Assert.Single(await ReadAsync("medications,conditions\n\"amiodarone |\r\n simvastatin|\n\",\"heart failure\n|\tdiabetes mellitus\"\n"));

        Assert.Equal(
            """{"medications":[{"drug":"amiodarone"},{"drug":"simvastatin"}],"conditions":["heart failure","diabetes mellitus"]}""", frame.Json);
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_the_first_name()
    {
        var frames = await Frames.OfAsync([0xEF, 0xBB, 0xBF, .. "rowId\na\n"u8], BatchFormats.Csv);

        Assert.Equal("""{"rowId":"a"}""", Assert.Single(frames).Json);
    }

    [Fact]
    public async Task Gzip_is_undone() => Assert.Equal(
        """{"rowId":"a"}""", Assert.Single(await Frames.OfAsync(Frames.GZip("rowId\na\n"u8), BatchFormats.Csv)).Json);

    private static Task<IReadOnlyList<Frames.Frame>> ReadAsync(string text, int pieceBytes = int.MaxValue) =>
        Frames.OfAsync(text, BatchFormats.Csv, pieceBytes);
}
