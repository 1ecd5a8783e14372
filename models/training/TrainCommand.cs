using System.CommandLine;
using DrugResponse.Prediction.Models;
using DrugResponse.Training.Evidence;
using DrugResponse.Training.OwnData;
using DrugResponse.Training.Plots;
using DrugResponse.Training.Publishing;
using DrugResponse.Training.ReferenceModels;
using DrugResponse.Training.VirtualCohort;
using DrugResponse.Training.Warfarin;

namespace DrugResponse.Training;

/// <summary>
/// <c>train</c>: fits models, validates them, and writes archives, cards, drawings and the registry. Without data, on virtual cohorts; with
/// <c>--endpoint</c> and data, on a file with the catalogue's columns; warfarin's dose models on the file of the IWPC cohort.
/// </summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var drug = new Option<string?>("--drug") { Description = "Drug whose models are trained; all drugs of the evidence tables when absent." };
        drug.AcceptOnlyFromAmong([.. ReferenceTraining.Drugs]);
        var endpoint = new Option<string?>("--endpoint") { Description = "With --data: the endpoint (its key, or response or adverse for the primary one)." };
        var data = new Option<FileInfo>("--data")
        {
            Description = "Real patients (CSV, UTF-8): columns of the feature catalogue and 'outcome' (1 or 0); for warfarin without --endpoint, the IWPC cohort.",
        };
        data.AcceptExistingOnly();
        var version = new Option<string>("--version") { Description = "With --endpoint: version of the new model, which must not exist yet.", DefaultValueFactory = static _ => "2.0.0" };
        var folder = new Option<DirectoryInfo>("--out")
        {
            Description = "Folder of registry.json, under which the models are written.",
            DefaultValueFactory = static _ => new DirectoryInfo("models"),
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Seed of everything that is drawn. The same seed and data give the same bytes.",
            DefaultValueFactory = static _ => 1,
        };
        var shares = new Option<string?>("--ancestry")
        {
            Description = "Shares of the ancestry groups in virtual cohorts, such as European=0.6,EastAsian=0.4; groups not named have none.",
        };

        var command = new Command("train", "Fit, validate and write models.") { drug, endpoint, data, version, folder, seed, shares };
        command.Validators.Add(result =>
        {
            bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
            var hasData = IsGiven(data);
            if (IsGiven(endpoint) && !hasData)
                result.AddError("--endpoint goes with --data: without data, all endpoints of a drug are trained.");
            if (IsGiven(version) && !IsGiven(endpoint))
                result.AddError("--version goes with --endpoint and --data.");
            if (IsGiven(shares) && hasData)
                result.AddError("--ancestry shapes virtual cohorts; patients in --data have the ancestries that they have.");
            if (!IsGiven(folder) && !IsGiven(endpoint) && (IsGiven(shares) || IsGiven(seed)))
                result.AddError("Another seed or mix of ancestries gives other models of the same version: name another folder with --out.");
        });
        command.SetAction((result, cancellationToken) => Task.FromResult(Run(
            new TrainRequest(
                result.GetValue(drug), result.GetValue(endpoint), result.GetValue(data), result.GetRequiredValue(version),
                result.GetRequiredValue(folder).FullName, result.GetRequiredValue(seed), result.GetValue(shares)),
            result.InvocationConfiguration,
            cancellationToken)));
        return command;
    }

    private static int Run(TrainRequest request, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            var exit = Train(request, console, cancellationToken);
            if (exit == 0)
                ModelIndex.Write(request.Folder);
            return exit;
        }
        catch (Exception fault) when (fault is DataFaultsException or FormatException)
        {
            console.Error.WriteLine(fault.Message);
            return 1;
        }
    }

    private static int Train(TrainRequest request, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        switch (request)
        {
            case { Data: { } data, Endpoint: { } endpoint, Drug: { } drug }:
                return TrainOnOwnData(drug, endpoint, data, request, console);
            case { Data: { } data, Endpoint: null, Drug: WarfarinCards.Drug }:
                using (var text = data.OpenText())
                    new WarfarinTraining(console.Output, TrainingEffort.Full, request.Seed).Run(text, request.Folder);
                return 0;
            case { Data: not null }:
                console.Error.WriteLine("With --data, name the --drug and the --endpoint that the file is about.");
                return 1;
            default:
                IReadOnlyList<string> drugs = request.Drug is { } one ? [one] : ReferenceTraining.Drugs;
                var shares = request.Shares is null ? null : AncestryShares.Parse(request.Shares);
                new ReferenceProgress(console.Output).Run(new ReferenceTraining(TrainingScale.Full, request.Seed, shares), drugs, request.Folder, cancellationToken);
                return 0;
        }
    }

    private static int TrainOnOwnData(string drug, string endpoint, FileInfo data, TrainRequest request, InvocationConfiguration console)
    {
        var outcomes = EvidenceTables.OfDrug(drug);
        var evidence = outcomes.FirstOrDefault(outcome => outcome.Endpoint == endpoint)
            ?? outcomes.FirstOrDefault(outcome => outcome.IsPrimary && Enum.TryParse<EndpointKind>(endpoint, ignoreCase: true, out var kind) && outcome.Kind == kind);
        if (evidence is null)
        {
            console.Error.WriteLine($"{drug} has no endpoint '{endpoint}'. It has: {string.Join(", ", outcomes.Select(static outcome => outcome.Endpoint))}.");
            return 1;
        }

        var publisher = new ModelPublisher(request.Folder);
        if (publisher.Has(drug, evidence.Endpoint, request.Version))
        {
            console.Error.WriteLine(
                $"{evidence.Id} {request.Version} is registered in {request.Folder} and versions never change. Choose another --version.");
            return 1;
        }

        using var text = data.OpenText();
        var model = new OwnTraining(RiskEquation.Of(evidence), request.Version, request.Seed).Run(OwnCohort.Read(text), data.Name);
        var isActive = publisher.Publish(
            model.Card, model.Risk, evidence.IsPrimary, model.Spread, ModelDrawings.Of(model.Card, model.Risk), takesOver: false);
        TrainingReport.Write(console.Output, model.Card);
        console.Output.WriteLine(
            isActive
                ? $"Written to {request.Folder}."
                : $"Written to {request.Folder}, not active. To try it beside the active version: candidate {evidence.Id.Replace('/', ' ')} {request.Version}; to use it: activate.");
        return 0;
    }

    private sealed record TrainRequest(string? Drug, string? Endpoint, FileInfo? Data, string Version, string Folder, int Seed, string? Shares);
}
