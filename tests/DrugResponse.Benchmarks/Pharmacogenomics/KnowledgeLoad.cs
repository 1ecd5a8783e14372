using System.Diagnostics;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Benchmarks.Pharmacogenomics;

/// <summary>How long the tables take to load in a fresh process, cold code included: <c>-- knowledge-load</c>.</summary>
internal static class KnowledgeLoad
{
    public static void Run()
    {
        var start = Stopwatch.GetTimestamp();
        var genes = KnowledgeBase.Default.Genes.Count;
        Console.WriteLine($"{genes} genes in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.0} ms");
    }
}
