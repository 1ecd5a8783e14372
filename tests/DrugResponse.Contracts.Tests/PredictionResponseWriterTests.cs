using System.Text;
using System.Text.Json;
using DrugResponse.Contracts.Predictions;
using Xunit;

namespace DrugResponse.Contracts.Tests;

/// <summary>An answer written by hand is the one that the contract's context writes, to the byte.</summary>
public class PredictionResponseWriterTests
{
    private static readonly ModelReference Model = new("warfarin/dose", "1.0.0", "00", "real-cohort");

    private static readonly EndpointPrediction Endpoint = new()
    {
        Endpoint = "remission",
        Definition = "Remission at week 8, ≥ 50 % < \"half\".",
        Probability = 0.2,
        Interval = new PredictionInterval(0, 0.3, 0.9),
        Scale = "log-odds",
        Score = -1.4,
        Baseline = -2,
        Contributions = [new("a", null, 0.1), new("b", 1, 0), new("c", 65, -3), new("d", 0.1f, 1e-7)],
        Model = Model,
    };

    private static readonly DosePrediction Dose = new()
    {
        Endpoint = "dose",
        Definition = "The dose.",
        Value = 35,
        Unit = "mg/week",
        Interval = new PredictionInterval(21.5, 42, 0.8),
        Scale = "sqrt-mg-per-week",
        Score = 5.9,
        Baseline = 5.9,
        Contributions = [],
        Model = Model,
    };

    private static readonly Warning[] Warnings = [new("code", "/patient", "Something."), new("other", null, "Else.")];

    private static readonly GuidanceAction Avoid =
        new() { Action = "avoid", Genes = new Dictionary<string, string> { ["CYP2C9"] = "*1/*3" }, Source = "CPIC" };

    private static readonly PredictionResponse Full = new()
    {
        PredictionId = "id",
        PatientKey = "key",
        CreatedAt = new DateTimeOffset(2026, 11, 20, 13, 0, 0, 120, TimeSpan.FromHours(1)),
        KnowledgeVersion = "v1+r3",
        Phenotypes =
        [
            new GenePhenotype
            {
                Gene = "CYP2D6",
                Diplotypes = ["*1/*4"],
                CallSource = "diplotype",
                Phenoconversion = [new(["paroxetine"], "strong inhibitor", true, "Message.", "Source", "guideline")],
                MissingPositions = ["rs1"],
                Reasoning = ["why"],
            },
        ],
        Drugs =
        [
            new DrugPrediction
            {
                Drug = "warfarin",
                Response = Endpoint,
                OtherResponses = [Endpoint],
                Adverse = [Endpoint, Endpoint],
                Dose = Dose,
                Guidance = [Avoid],
                Warnings = Warnings,
            },
            new DrugPrediction { Drug = "other", OtherResponses = [], Adverse = [], Guidance = [], Warnings = [] },
        ],
        Rankings = [new DrugRanking("remission", "response", [new("a", "remission", 0.2, Dose.Interval, null)])],
        Warnings = Warnings,
    };

    [Fact]
    public void Everything_is_written() => AssertSame(Full);

    [Fact]
    public void A_patient_who_is_not_named_is_null() => AssertSame(Full with { PatientKey = null, Drugs = [], Rankings = [] });

    [Theory]
    [InlineData(0)]
    [InlineData(-0.0)]
    [InlineData(-7)]
    [InlineData(999_999_999_999_999)]
    [InlineData(1e15)]
    [InlineData(-1e15)]
    [InlineData(1e22)]
    [InlineData(0.1)]
    [InlineData(1.5e-9)]
    [InlineData(double.MaxValue)]
    public void Numbers_have_the_same_digits(double number) =>
        AssertSame(Full with { Drugs = [Full.Drugs[0] with { Response = Endpoint with { Score = number } }] });

    [Fact]
    public void What_is_no_number_is_refused()
    {
        var response = Full with { Drugs = [Full.Drugs[0] with { Response = Endpoint with { Score = double.NaN } }] };

        Assert.Throws<ArgumentException>(() => PredictionResponseWriter.ToJson(response));
        Assert.Throws<ArgumentException>(() => JsonSerializer.Serialize(response, ContractsJsonContext.Wire.PredictionResponse));
    }

    private static void AssertSame(PredictionResponse response) => Assert.Equal(
        JsonSerializer.Serialize(response, ContractsJsonContext.Wire.PredictionResponse),
        Encoding.UTF8.GetString(PredictionResponseWriter.ToJson(response)));
}
