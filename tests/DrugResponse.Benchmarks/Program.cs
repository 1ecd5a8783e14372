using BenchmarkDotNet.Running;
using DrugResponse.Benchmarks.Batches;
using DrugResponse.Benchmarks.ColdStart;
using DrugResponse.Benchmarks.Pharmacogenomics;

if (args is ["knowledge-load"])
    KnowledgeLoad.Run();
else if (args is ["batches", .. var batches])
    await BatchThroughput.RunAsync(batches);
else if (args is ["cold-start", .. var coldStarts])
    await ColdStarts.RunAsync(coldStarts);
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
