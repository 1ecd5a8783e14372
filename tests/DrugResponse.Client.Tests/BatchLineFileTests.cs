using System.Text;

namespace DrugResponse.Client.Tests;

/// <summary>What an interruption left of a file is cut back to the rows that are certainly complete.</summary>
public sealed class BatchLineFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("client-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("{\"rowId\":null,\"line\":3", 0, 0)]
    [InlineData("{\"rowId\":null,\"line\":3}\n", 3, 24)]
    [InlineData("{\"line\":3}\n{\"line\":14}\n{\"lin", 14, 23)]
    [InlineData("{\"rowId\":\"\\\"line\\\":99\",\"line\":3}\n", 3, 33)]
    [InlineData("{\"line\":3}\nx\n", 3, 11)]
    public void Ndjson_is_cut_back_to_its_last_complete_line(string text, long line, long length) =>
        AssertCutBack("ndjson", text, line, length);

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("rowId,line,drug\r\n", 0, 0)]
    [InlineData("rowId,line,drug\r\na,1,x\r\na,1,y\r\n", 0, 0)]
    [InlineData("rowId,line,drug\r\na,1,x\r\na,1,y\r\nb,2,x\r\n", 1, 31)]
    [InlineData("rowId,line,drug\r\na,1,x\r\nb,2,x\r\nb,2,y\r\nc,3", 1, 24)]
    [InlineData("rowId,line,drug\r\n\"a,7,\"\"b\"\"\",1,x\r\n\"\",2,x\r\n", 1, 34)]
    [InlineData("rowId,line,message\r\na,1,\"x\nfoo,3,y\"\r\nb,2,\"x\nfoo,9,y\"\r\n", 1, 37)]
    [InlineData("rowId,line,message\r\na,1,x\r\n\"b\nc,7,d\",2,y\r\nb,3,\"x\ny,8,z\n", 1, 27)]
    public void Csv_is_cut_back_to_the_row_before_the_last(string text, long line, long length) => AssertCutBack("csv", text, line, length);

    [Fact]
    public void Long_lines_are_found_whole()
    {
        var text = $"{{\"line\":1,\"a\":\"{new string('x', 300_000)}\"}}\n{{\"line\":2,\"a\":\"{new string('y', 300_000)}\"}}\n{{";

        AssertCutBack("ndjson", text, 2, text.Length - 1);
    }

    [Fact]
    public void Without_a_file_there_is_nothing_to_cut() =>
        Assert.Equal((0, 0), new BatchLineFile(PathOf("absent"), "b.results", "csv").CutBack());

    private void AssertCutBack(string format, string text, long line, long length)
    {
        var partial = PathOf($"results.b.results.{format}.partial");
        File.WriteAllBytes(partial, Encoding.UTF8.GetBytes(text));

        Assert.Equal(line, new BatchLineFile(PathOf("results"), "b.results", format).CutBack().Line);
        Assert.Equal(length, new FileInfo(partial).Length);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
