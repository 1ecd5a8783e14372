using BenchmarkDotNet.Attributes;
using DrugResponse.Pharmacogenomics.Guidance;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Medications;
using DrugResponse.Pharmacogenomics.Phenoconversion;

namespace DrugResponse.Benchmarks.Pharmacogenomics;

/// <summary>What follows after the phenotypes are known: medications, clinical phenotypes, guidance.</summary>
[MemoryDiagnoser]
public class GuidanceBenchmarks
{
    private static readonly DateOnly Day = new(2026, 11, 20);
    private readonly MedicationUse[] _uses = [new(["paroxetine"]), new(["fluconazole"]), new(["simvastatin"])];
    private GenotypeInterpretation _genotype = null!;
    private ClinicalGenotype _clinical = null!;

    /// <summary>Twenty genes, three medications.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _genotype = GenotypeInterpreter.Default.Interpret(new GenotypeInput { Diplotypes = Inputs.Diplotypes(20) });
        _clinical = Phenoconverter.Convert(_genotype, _uses, Day);
        if (GuidanceLookup.Find("amitriptyline", _clinical).Matches.Count == 0)
            throw new InvalidOperationException("The genotype leads to no guidance.");
    }

    /// <summary>A pharmacy's line of text to a drug.</summary>
    [Benchmark]
    public int MedicationLine() =>
        MedicationResolver.Resolve(new MedicationEntry { Text = "metoprolol succinate ER 50 mg po bid" }).Names.Count;

    /// <summary>Three medications against twenty genes.</summary>
    [Benchmark]
    public int Phenoconversion() => Phenoconverter.Convert(_genotype, _uses, Day).Genes.Count;

    /// <summary>The largest table: two genes, 206 rows, genetic and clinical results.</summary>
    [Benchmark]
    public int GuidanceOfTwoGenes() => GuidanceLookup.Find("amitriptyline", _clinical).Matches.Count;
}
