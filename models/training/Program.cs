using System.CommandLine;
using DrugResponse.Training;
using DrugResponse.Training.Archives;

var root = new RootCommand("Makes the models that lie beside this project.")
{
    TrainCommand.Create(),
    InspectCommand.Create(),
    ScoreCommand.Create(),
};
return root.Parse(args).Invoke();
