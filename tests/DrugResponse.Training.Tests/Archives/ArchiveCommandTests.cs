using System.CommandLine;
using DrugResponse.Training.Archives;

namespace DrugResponse.Training.Tests.Archives;

public sealed class ArchiveCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drugresponse-archives-");

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Fixture(params string[] parts) => Path.Combine([AppContext.BaseDirectory, "Fixtures", .. parts]);

    private static (int ExitCode, string Output, string Error) Run(Command command, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = command.Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (exitCode, output.ToString(), error.ToString());
    }

    private string File(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public sealed class Score : IDisposable
    {
        private readonly ArchiveCommandTests _files = new();

        public void Dispose() => _files.Dispose();

        [Theory]
        [InlineData("lightgbm-regression", "reg")]
        [InlineData("onehot-indicator", "mixed")]
        public void Output_is_what_real_mlnet_wrote(string archive, string inputs)
        {
            var (exitCode, output, error) = Run(ScoreCommand.Create(), Fixture(archive, "model.zip"), Fixture("Inputs", inputs + ".csv"));

            Assert.Equal("", error);
            Assert.Equal(0, exitCode);
            Assert.Equal(System.IO.File.ReadAllText(Fixture(archive, "expected.csv")), output);
        }

        [Fact]
        public void All_columns_that_are_missing_are_named()
        {
            var (exitCode, _, error) = Run(ScoreCommand.Create(), Fixture("nested-chain", "model.zip"), _files.File("rows.csv", "Age,Income\n1,2\n"));

            Assert.Equal(1, exitCode);
            Assert.Contains("DebtRatio", error, StringComparison.Ordinal);
            Assert.Contains("Region", error, StringComparison.Ordinal);
        }

        [Fact]
        public void Cell_that_is_no_number_is_named_by_line_and_column()
        {
            var rows = System.IO.File.ReadAllLines(Fixture("Inputs", "mixed.csv"))[..3];
            rows[2] = "old" + rows[2][rows[2].IndexOf(',', StringComparison.Ordinal)..];

            var (exitCode, _, error) = Run(ScoreCommand.Create(), Fixture("nested-chain", "model.zip"), _files.File("rows.csv", string.Join('\n', rows)));

            Assert.Equal(1, exitCode);
            Assert.Contains("Line 3, column " + rows[0].Split(',')[0], error, StringComparison.Ordinal);
        }

        [Fact]
        public void File_that_is_no_archive_is_refused()
        {
            var (exitCode, _, error) = Run(ScoreCommand.Create(), _files.File("model.zip", "no zip"), _files.File("rows.csv", "A\n1\n"));

            Assert.Equal(1, exitCode);
            Assert.StartsWith("Refused: ", error, StringComparison.Ordinal);
        }
    }

    public sealed class Inspect
    {
        [Fact]
        public void Components_inputs_and_a_sample_are_shown()
        {
            var (exitCode, output, _) = Run(InspectCommand.Create(), Fixture("nested-chain", "model.zip"));

            Assert.Equal(0, exitCode);
            Assert.Contains("Predictor: Linear2CExec (LINEAR2C 2.2)", output, StringComparison.Ordinal);
            Assert.Contains("Age: Single, used, may be missing", output, StringComparison.Ordinal);
            Assert.Contains("Product: Text, not used", output, StringComparison.Ordinal);
            Assert.Contains("Probability: 0.", output, StringComparison.Ordinal);
        }

        [Fact]
        public void Refused_archive_still_shows_its_components_and_names_the_one_that_is_not_supported()
        {
            var (exitCode, output, error) = Run(InspectCommand.Create(), Fixture("ffm-binary", "model.zip"));

            Assert.Equal(1, exitCode);
            Assert.Contains("FAFMPredXfer", output, StringComparison.Ordinal);
            Assert.Contains("FAFMPredXfer", error, StringComparison.Ordinal);
        }
    }
}
