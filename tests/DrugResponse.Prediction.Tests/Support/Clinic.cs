using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Reading;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Prediction.Models;
using DrugResponse.Prediction.Patients;

namespace DrugResponse.Prediction.Tests.Support;

/// <summary>Reads and scores patients on 20 November 2026.</summary>
internal static class Clinic
{
    public static readonly DateOnly Today = new(2026, 11, 20);

    private static readonly PatientReader Reader = new(GenotypeInterpreter.Default);

    /// <summary>Reads a request that has no fault.</summary>
    public static PatientReading Read(PredictionRequest request)
    {
        var faults = new FaultList();
        var reading = Reader.Read(request, Today, faults);
        Assert.True(faults.IsEmpty, string.Join("; ", faults.ToErrors().Keys));
        return reading;
    }

    /// <summary>The faults of a request, by pointer.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> FaultsOf(PredictionRequest request)
    {
        var faults = new FaultList();
        Reader.Read(request, Today, faults);
        return faults.ToErrors();
    }

    public static PredictionResponse Predict(PredictionRequest request, ModelSet models) => PredictWithShadows(request, models).Response;

    /// <summary>The answer, and what candidates say beside it.</summary>
    public static PatientPrediction PredictWithShadows(PredictionRequest request, ModelSet models) =>
        PatientPredictor.Predict(Read(request), models, "prediction", "patient", default);

    /// <summary>The answer about the one drug that is asked for.</summary>
    public static DrugPrediction PredictWarfarin(Patient patient, ModelSet models, Genotype? genotype = null) =>
        Assert.Single(Predict(new PredictionRequest { Patient = patient, Genotype = genotype, Candidates = ["warfarin"] }, models).Drugs);
}
