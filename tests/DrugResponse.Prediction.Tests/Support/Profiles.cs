using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Tests.Support;

/// <summary>Profiles of patients of whom only the genotype is known, as the reader makes them, and the values of their features.</summary>
internal static class Profiles
{
    public static PatientProfile Of(Genotype genotype) => Clinic.Read(new PredictionRequest { Genotype = genotype }).Profile;

    public static PatientProfile OfDiplotype(string gene, params string[] statements) =>
        Of(new Genotype { Diplotypes = new Dictionary<string, IReadOnlyList<string>> { [gene] = statements } });

    public static PatientProfile OfPhenotype(string gene, string phenotype) =>
        Of(new Genotype { Phenotypes = new Dictionary<string, string> { [gene] = phenotype } });

    public static PatientProfile OfVariants(params (string RsId, string Bases)[] variants) =>
        Of(new Genotype { Variants = variants.ToDictionary(static variant => variant.RsId, static variant => variant.Bases) });

    public static PatientProfile OfVcf(params string[] records) => Of(new Genotype
    {
        Vcf = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tpatient\n"
            + string.Concat(records.Select(static record => record.Replace(' ', '\t') + "\n")),
    });

    /// <summary>The value of a feature.</summary>
    public static float ValueOf(this PatientProfile patient, string feature)
    {
        Assert.True(FeatureCatalogue.TryGet(feature, out var found), feature);
        return found.Compute(new FeatureContext(patient));
    }
}
