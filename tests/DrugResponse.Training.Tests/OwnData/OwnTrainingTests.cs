using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DrugResponse.ModelArchives;
using DrugResponse.Prediction.Models;
using DrugResponse.Training.VirtualCohort;

namespace DrugResponse.Training.Tests.OwnData;

/// <summary>The command on a data scientist's own file.</summary>
public sealed class OwnTrainingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drug-response-own-");

    [Fact]
    public void A_file_of_patients_becomes_a_model_that_follows_them()
    {
        var (exit, output, error) = Train(Patients(1500));

        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("clopidogrel/free-of-mace 2.0.0", output, StringComparison.Ordinal);
        var scorer = ModelArchive.Read(File.ReadAllBytes(Path.Combine(_folder.FullName, "clopidogrel/free-of-mace/2.0.0/model.zip"))).Compile();
        Assert.Equal(["cyp2c19Phenotype", "ageYears", "smoker"], scorer.Inputs.Select(input => input.Name));

        // Made up: poor metabolizers lose 1.5 on the log-odds scale.
        var effect = scorer.Predict([2, 60, 0]).Score - scorer.Predict([0, 60, 0]).Score;
        Assert.InRange(effect, 0.9, 2.1);
    }

    [Fact]
    public void The_card_says_that_patients_were_real_and_what_was_measured_out_of_fold()
    {
        Train(Patients(1500));

        var card = JsonSerializer.Deserialize(
            File.ReadAllBytes(Path.Combine(_folder.FullName, "clopidogrel/free-of-mace/2.0.0/card.json")), ModelJson.Default.ModelCard)!;
        Assert.Equal(TrainingBasis.RealCohort, card.TrainedOn);
        Assert.Equal(1500, card.TrainingData.Subjects);
        Assert.InRange(card.Metrics.Single(metric => metric.Name == "AUC").Value, 0.6, 0.9);
        Assert.InRange(card.Metrics.Single(metric => metric.Name == "calibration slope").Value, 0.7, 1.3);
        Assert.Equal(new FeatureRange(40, 80), card.TrainingRanges["ageYears"]);
    }

    [Fact]
    public void Every_fault_of_a_file_is_named_by_line()
    {
        var (exit, _, error) = Train("cyp2c19Phenotype,ageYears,outcome\n9,50,1\n1,old,0\n1,50,yes\n1,50\n");

        Assert.Equal(1, exit);
        Assert.Contains("line 2: cyp2c19Phenotype lies outside 0 to 4", error, StringComparison.Ordinal);
        Assert.Contains("line 3: ageYears is no number", error, StringComparison.Ordinal);
        Assert.Contains("line 4: outcome is neither 0 nor 1", error, StringComparison.Ordinal);
        Assert.Contains("line 5: 2 cells where the header has 3", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_outside_the_catalogue_and_a_missing_outcome_are_named()
    {
        var (exit, _, error) = Train("ageYears,shoeSize\n50,42\n");

        Assert.Equal(1, exit);
        Assert.Contains("'shoeSize' is no feature of the catalogue", error, StringComparison.Ordinal);
        Assert.Contains("column outcome is missing", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_outcomes_are_refused()
    {
        var (exit, _, error) = Train("ageYears,outcome\n" + string.Concat(Enumerable.Repeat("50,1\n", 40)));

        Assert.Equal(1, exit);
        Assert.Contains("at least 20 of each kind", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_that_the_drug_does_not_have_is_refused_with_those_it_has()
    {
        var (exit, _, error) = Train(Patients(100), endpoint: "weight");

        Assert.Equal(1, exit);
        Assert.Contains("free-of-mace, free-of-stent-thrombosis, major-bleeding", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_that_is_served_keeps_its_active_version_until_somebody_activates_another()
    {
        Train(Patients(300));

        var (exit, output, error) = Train(Patients(300), version: "2.1.0");

        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("not active", output, StringComparison.Ordinal);
        var endpoint = Assert.Single(Registry().Endpoints);
        Assert.Equal(("2.0.0", null, 2), (endpoint.ActiveVersion, endpoint.PreviousVersion, endpoint.Versions.Count));
    }

    [Fact]
    public void A_version_that_exists_is_never_replaced()
    {
        Train(Patients(300));
        var before = File.ReadAllBytes(Path.Combine(_folder.FullName, "registry.json"));

        var (exit, _, error) = Train(Patients(400));

        Assert.Equal(1, exit);
        Assert.Contains("clopidogrel/free-of-mace 2.0.0 is registered", error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(_folder.FullName, "registry.json")));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private (int Exit, string Output, string Error) Train(string csv, string endpoint = "response", string version = "2.0.0")
    {
        var path = Path.Combine(_folder.FullName, "patients.csv");
        File.WriteAllText(path, csv);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = TrainCommand.Create()
            .Parse(["--drug", "clopidogrel", "--endpoint", endpoint, "--data", path, "--version", version, "--out", _folder.FullName])
            .Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (exit, output.ToString(), error.ToString());
    }

    private ModelRegistry Registry() => JsonSerializer.Deserialize(
        File.ReadAllBytes(Path.Combine(_folder.FullName, "registry.json")), ModelJson.Default.ModelRegistry)!;

    private static string Patients(int count)
    {
        var random = new CohortRandom(5);
        var csv = new StringBuilder("cyp2c19Phenotype,ageYears,smoker,outcome\n");
        for (var n = 0; n < count; n++)
        {
            var phenotype = random.Below(3);
            var age = n < 2 ? 40 + 40 * n : 40 + random.Below(41);
            var logOdds = 1.2 - 0.03 * (age - 60) - (phenotype == 0 ? 1.5 : phenotype == 1 ? 0.7 : 0);
            var outcome = random.Chance(1 / (1 + Math.Exp(-logOdds))) ? 1 : 0;
            csv.Append(CultureInfo.InvariantCulture, $"{(n % 10 == 9 ? "" : phenotype.ToString(CultureInfo.InvariantCulture))},{age},{random.Below(2)},{outcome}\n");
        }

        return csv.ToString();
    }
}
