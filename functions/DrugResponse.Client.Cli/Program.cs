using DrugResponse.Client.Cli.Commands;

return await CliRoot.Create().Parse(args).InvokeAsync();
