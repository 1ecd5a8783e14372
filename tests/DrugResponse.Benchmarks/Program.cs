using BenchmarkDotNet.Running;
using DrugResponse.Benchmarks.Pharmacogenomics;

if (args is ["knowledge-load"])
    KnowledgeLoad.Run();
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
