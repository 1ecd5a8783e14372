using System.CommandLine;
using DrugResponse.Training;

var root = new RootCommand("Makes the models that lie beside this project.") { TrainCommand.Create() };
return root.Parse(args).Invoke();
