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
}
