using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Reading;
using DrugResponse.Pharmacogenomics.Guidance;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Phenoconversion;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Patients;

/// <summary>
/// Understands a request: which alleles, medications, conditions and drugs its words stand for. What cannot be a genotype
/// is a fault; a word that is merely not known is reported and left out. Thread-safe.
/// </summary>
/// <param name="interpreter">Interprets the genotype.</param>
public sealed class PatientReader(GenotypeInterpreter interpreter)
{
    /// <summary>Reads one request.</summary>
    /// <param name="request">The request, whose form was checked.</param>
    /// <param name="today">The day on which a medication counts as taken or not, UTC.</param>
    /// <param name="faults">Receives what cannot be understood, under JSON pointers into the request.</param>
    /// <param name="options">How the genotype is read; null for the best calls only.</param>
    /// <returns>What could be understood; not to be used when a fault was added.</returns>
    public PatientReading Read(PredictionRequest request, DateOnly today, FaultList faults, GenotypeReadingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(faults);
        var warnings = new List<Warning>();
        var genotype = GenotypeReader.Read(request.Genotype, interpreter, options ?? GenotypeReadingOptions.Default, faults, warnings);
        var history = MedicationReader.ReadHistory(request.Medications, warnings);
        var clinical = Phenoconverter.Convert(genotype, [.. (history ?? []).Select(static medication => medication.Use)], today);
        warnings.AddRange(clinical.WithoutGenotype.SelectMany(gene => gene.Conversions).Where(conversion => conversion.IsApplied).Select(conversion => new Warning(
            WarningCodes.PhenoconversionWithoutGenotype, "/medications", conversion.Message)));
        var patient = ReadProfile(request.Patient, warnings);
        var conditions = ConditionReader.Read(request.Conditions, faults, warnings);
        var profile = patient with
        {
            Conditions = conditions.Present,
            AbsentConditions = conditions.Absent,
            Measurements = MeasurementReader.Read(request.Measurements, faults),
            DosesMg = DoseReader.Read(request.Doses, history, today, faults, warnings),
            Outcomes = history?.SelectMany(static medication => medication.Outcomes).ToArray(),
        };
        return new PatientReading
        {
            Genotype = clinical,
            GuidanceContext = new GuidanceContext(request.Patient?.AgeYears, request.Patient?.WeightKg, request.Patient?.Ancestry),
            ActiveMedications = history is null ? null : MedicationReader.Active(history, today),
            Candidates = MedicationReader.ReadCandidates(request.Candidates, warnings),
            Profile = TreatedProfile.With(GeneticProfile.With(profile, genotype), clinical, history, today),
            History = history,
            Day = today,
            Warnings = warnings,
        };
    }

    private static PatientProfile ReadProfile(Patient? patient, List<Warning> warnings) => new()
    {
        AgeYears = patient?.AgeYears,
        Sex = patient?.Sex is { } sex ? Enum.Parse<Sex>(sex, ignoreCase: true) : null,
        WeightKg = patient?.WeightKg,
        HeightCm = patient?.HeightCm,
        Ancestry = ReadAncestry(patient?.Ancestry, warnings),
        EGfr = patient?.EGfr,
        Smoker = patient?.Smoker,
    };

    private static AncestryGroup? ReadAncestry(string? term, List<Warning> warnings)
    {
        if (term is null)
            return null;
        var group = AncestryTerms.Find(term);
        if (group is null)
        {
            warnings.Add(new Warning(
                WarningCodes.UnknownAncestry, "/patient/ancestry", $"This ancestry is not known and counts as not given. Known: {AncestryTerms.Known}."));
        }

        return group;
    }
}
