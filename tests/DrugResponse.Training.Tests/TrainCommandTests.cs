using System.CommandLine;

namespace DrugResponse.Training.Tests;

public class TrainCommandTests
{
    [Fact]
    public void Data_with_faults_ends_with_one_and_the_faults_on_the_error_stream()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "id_block,sex\nB01,female\n");
            using var error = new StringWriter();

            var exit = TrainCommand.Create().Parse(["--drug", "warfarin", "--data", path])
                .Invoke(new InvocationConfiguration { Output = TextWriter.Null, Error = error });

            Assert.Equal(1, exit);
            Assert.Contains("line 1: column weight_kg is missing", error.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_drug_without_training_is_refused()
    {
        var result = TrainCommand.Create().Parse(["--drug", "aspirin", "--data", "x.csv"]);

        Assert.NotEmpty(result.Errors);
    }

    [Theory]
    [InlineData("--endpoint goes with --data", "--drug", "clopidogrel", "--endpoint", "response")]
    [InlineData("--version goes with", "--drug", "clopidogrel", "--version", "3.0.0")]
    [InlineData("--ancestry shapes virtual cohorts", "--drug", "warfarin", "--ancestry", "European=1", "--data", "TrainCommandTests.csv")]
    [InlineData("name another folder with --out", "--seed", "2")]
    [InlineData("name another folder with --out", "--drug", "clopidogrel", "--ancestry", "European=1")]
    public void Options_that_would_be_ignored_or_overwrite_the_shipped_models_are_refused(string fault, params string[] arguments)
    {
        var result = TrainCommand.Create().Parse(arguments);

        Assert.Contains(result.Errors, error => error.Message.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Another_seed_goes_into_another_folder()
    {
        var result = TrainCommand.Create().Parse(["--seed", "2", "--out", "elsewhere"]);

        Assert.Empty(result.Errors);
    }
}
