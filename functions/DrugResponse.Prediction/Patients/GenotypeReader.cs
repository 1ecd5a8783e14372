using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Reading;
using DrugResponse.Pharmacogenomics.Interpretation;

namespace DrugResponse.Prediction.Patients;

/// <summary>Hands a request's genotype to the interpreter, and its faults and warnings back under the request's own pointers.</summary>
internal static class GenotypeReader
{
    private const string Root = "/genotype";

    public static GenotypeInterpretation Read(
        Genotype? genotype, GenotypeInterpreter interpreter, GenotypeReadingOptions options, FaultList faults, List<Warning> warnings)
    {
        var interpretation = interpreter.Interpret(ToInput(genotype) with { VcfSample = options.VcfSample }, options.Interpretation);
        foreach (var fault in interpretation.Faults)
            faults.Add(Root + fault.Path, fault.Message);
        warnings.AddRange(interpretation.Warnings.Select(warning => new Warning(warning.Code, Root + warning.Path, warning.Message)));
        return interpretation;
    }

    private static GenotypeInput ToInput(Genotype? genotype)
    {
        var empty = new GenotypeInput();
        return genotype is null
            ? empty
            : new GenotypeInput
            {
                Diplotypes = genotype.Diplotypes ?? empty.Diplotypes,
                Phenotypes = genotype.Phenotypes ?? empty.Phenotypes,
                ActivityScores = genotype.ActivityScores ?? empty.ActivityScores,
                Variants = genotype.Variants ?? empty.Variants,
                Vcf = genotype.Vcf,
            };
    }
}
