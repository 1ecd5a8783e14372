using System.Globalization;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Reading;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Patients;
using DrugResponse.Training.Evidence;
using DrugResponse.Training.ReferenceModels;
using DrugResponse.Training.VirtualCohort;

namespace DrugResponse.Training.Tests.VirtualCohort;

/// <summary>A virtual patient has the features that the service computes from a request about the same patient.</summary>
public class ServiceAgreementTests
{
    private static readonly DateOnly Day = new(2026, 11, 1);

    public static TheoryData<string> Drugs => [.. ReferenceTraining.Drugs];

    [Theory]
    [MemberData(nameof(Drugs))]
    public void Features_are_those_of_a_request(string drug)
    {
        var outcomes = EvidenceTables.OfDrug(drug);
        var features = Companions.With([.. outcomes.Select(RiskEquation.Of).SelectMany(equation => equation.Features).Distinct()]);
        var cohort = new Cohort(drug, outcomes[0].Population, features, seed: 11);
        var reader = new PatientReader(GenotypeInterpreter.Default);
        foreach (var (patient, hidden) in cohort.Draw("test", 60, tilted: true).Zip(cohort.DrawHidden("test")))
        {
            var faults = new FaultList();
            var reading = reader.Read(Request(drug, patient, hidden, cohort.Genes), Day, faults);
            Assert.True(faults.IsEmpty);

            var virtually = new FeatureContext(cohort.Profiles.Make(patient, hidden));
            var really = new FeatureContext(reading.ProfileFor(drug));
            Assert.All(features, feature => Assert.True(
                feature.Compute(virtually).Equals(feature.Compute(really)),
                string.Create(CultureInfo.InvariantCulture, $"{feature.Name}: {feature.Compute(virtually)} in the cohort, {feature.Compute(really)} in the service; {string.Join(", ", patient.Calls.SelectMany(call => call.Alleles))}")));
        }
    }

    private static PredictionRequest Request(string drug, VirtualPatient patient, HiddenParts hidden, IReadOnlyList<VirtualGene> genes) => new()
    {
        Patient = new Patient
        {
            AgeYears = hidden.Age ? null : patient.Age,
            Sex = hidden.Sex ? null : patient.Sex == Sex.Female ? "female" : "male",
            WeightKg = hidden.BodySize ? null : patient.Weight,
            HeightCm = hidden.BodySize ? null : patient.Height,
            Ancestry = hidden.Ancestry ? null : Ancestries.TableName(Ancestries.All[patient.Ancestry]),
            EGfr = hidden.EGfr ? null : patient.EGfr,
            Smoker = hidden.Smoker ? null : patient.Smoker,
        },
        Genotype = new Genotype { Diplotypes = Diplotypes(patient, hidden, genes), Phenotypes = Phenotypes(patient, hidden, genes) },
        Medications = hidden.Medications ? null : Medications(patient),
        Conditions = hidden.Conditions
            ? null
            : [.. patient.Conditions.Except(hidden.Facts), .. ProfileMaker.AbsentFacts(patient, hidden).Select(fact => $"no {fact}")],
        Measurements = hidden.Measurements ? null : patient.Measurements,
        Doses = hidden.Doses ? null : patient.Doses,
        Candidates = [drug],
    };

    private static List<Medication> Medications(VirtualPatient patient) =>
    [
        .. patient.Medications.Where(name => !name.Contains('/', StringComparison.Ordinal)).Select(name => new Medication { Drug = name }),
        .. patient.Outcomes.Select(outcome => new Medication
        {
            Drug = outcome.Names.First(name => !MedicationNames.Members.ContainsKey(name)),
            Status = "stopped",
            Outcome = outcome.Kind == MedicationOutcomeKind.NoResponse ? "no-response" : "adverse-event",
            Event = outcome.Event,
        }),
    ];

    private static Dictionary<string, IReadOnlyList<string>> Diplotypes(VirtualPatient patient, HiddenParts hidden, IReadOnlyList<VirtualGene> genes)
    {
        var diplotypes = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (position, gene) in genes.Index())
        {
            var alleles = patient.Calls[position].Alleles;
            if (gene.IsTypedByAllele && hidden.Of(position) != GeneKnowledge.None)
                diplotypes[gene.Symbol] = [.. gene.Alleles.Skip(1).Select(allele => $"{allele} {(alleles.Contains(allele) ? "positive" : "negative")}")];
            else if (!gene.IsTypedByAllele && alleles.Count > 0 && hidden.Of(position) == GeneKnowledge.Alleles)
                diplotypes[gene.Symbol] = [string.Join('/', alleles)];
        }

        return diplotypes;
    }

    private static Dictionary<string, string> Phenotypes(VirtualPatient patient, HiddenParts hidden, IReadOnlyList<VirtualGene> genes)
    {
        var phenotypes = new Dictionary<string, string>();
        foreach (var (position, gene) in genes.Index())
        {
            var isByPhenotype = hidden.Of(position) == GeneKnowledge.Phenotype || (hidden.Of(position) == GeneKnowledge.Alleles && gene.Symbol == RyanodineReceptor.Symbol);
            if (isByPhenotype && patient.Calls[position].Phenotype is { } phenotype)
                phenotypes[gene.Symbol] = phenotype;
        }

        return phenotypes;
    }
}
