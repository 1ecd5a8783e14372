using System.CommandLine;
using DrugResponse.Training;
using DrugResponse.Training.Archives;
using DrugResponse.Training.Registry;

var root = new RootCommand("Makes, checks and publishes the models that lie beside this project.")
{
    TrainCommand.Create(),
    InspectCommand.Create(),
    ScoreCommand.Create(),
    CheckCommand.Create(),
    PublishCommand.Create(),
    ActivateCommand.Create(),
    RollbackCommand.Create(),
    CandidateCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
