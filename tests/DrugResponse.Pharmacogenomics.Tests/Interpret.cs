using DrugResponse.Pharmacogenomics.Interpretation;

namespace DrugResponse.Pharmacogenomics.Tests;

/// <summary>Short ways to interpret one input.</summary>
internal static class Interpret
{
    public static GenotypeInterpretation Diplotype(string gene, params string[] texts) =>
        GenotypeInterpreter.Default.Interpret(new GenotypeInput
        {
            Diplotypes = new Dictionary<string, IReadOnlyList<string>> { [gene] = texts },
        });

    public static GenotypeInterpretation Variants(params (string RsId, string Bases)[] variants) =>
        GenotypeInterpreter.Default.Interpret(new GenotypeInput { Variants = variants.ToDictionary(v => v.RsId, v => v.Bases) });

    public static GenotypeInterpretation Phenotype(string gene, string phenotype) =>
        GenotypeInterpreter.Default.Interpret(new GenotypeInput { Phenotypes = new Dictionary<string, string> { [gene] = phenotype } });

    public static GenotypeInterpretation Score(string gene, string score) =>
        GenotypeInterpreter.Default.Interpret(new GenotypeInput { ActivityScores = new Dictionary<string, string> { [gene] = score } });

    /// <summary>The only result, when there is exactly one and no fault.</summary>
    public static GeneResult Only(this GenotypeInterpretation interpretation)
    {
        Assert.Empty(interpretation.Faults);
        return Assert.Single(interpretation.Genes);
    }
}
