using BenchmarkDotNet.Running;
using DrugResponse.Benchmarks.Batches;
using DrugResponse.Benchmarks.Pharmacogenomics;

if (args is ["knowledge-load"])
    KnowledgeLoad.Run();
else if (args is ["batches", .. var batches])
    await BatchThroughput.RunAsync(batches);
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
