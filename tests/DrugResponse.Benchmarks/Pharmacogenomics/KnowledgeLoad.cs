using System.Diagnostics;
using DrugResponse.Pharmacogenomics.Guidance;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Medications;
using DrugResponse.Pharmacogenomics.Phenoconversion;

namespace DrugResponse.Benchmarks.Pharmacogenomics;

/// <summary>How long the tables take to load in a fresh process, cold code included: <c>-- knowledge-load</c>.</summary>
internal static class KnowledgeLoad
{
    public static void Run()
    {
        var start = Stopwatch.GetTimestamp();
        Measure("genes", () => KnowledgeBase.Default.Genes.Count);
        Measure("drug names", () => SubstanceCatalogue.Default.All.Count);
        Measure("perpetrator effects", () => PerpetratorTable.Default.Drugs.Count);
        Measure("recommendations", () => RecommendationTable.Default.All.Count);
        Console.WriteLine($"all in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.0} ms");
    }

    private static void Measure(string what, Func<int> load)
    {
        var start = Stopwatch.GetTimestamp();
        var count = load();
        Console.WriteLine($"{count} {what} in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.0} ms");
    }
}
