using System.CommandLine;
using System.CommandLine.Parsing;
using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client.Cli.Commands;

/// <summary>The options of <c>submit</c>.</summary>
internal sealed class SubmitOptions
{
    private readonly Option<string?> _format = new("--format") { Description = "The file's form, if its name does not tell." };
    private readonly Option<string?> _name = new("--name") { Description = "A name for the batch." };
    private readonly Option<string[]> _candidates = new("--candidates", "-c")
    {
        Description = "Drugs to score for every patient, separated by commas.", AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _results = new("--results")
    {
        Description = "The form of results and errors.", DefaultValueFactory = static _ => BatchFormats.NdJson,
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The file that results go to, in place of an earlier one. Default: beside the input.",
    };

    private readonly Option<string?> _errors = new("--errors")
    {
        Description = "The file that errors go to, in place of an earlier one. Default: beside the input.",
    };

    private readonly Option<Uri?> _webhook = new("--webhook")
    {
        Description = "An address that the service calls at the end.",
        CustomParser = static result => ReadWebhook(result, result.Tokens.Single().Value),
    };

    private readonly Option<bool> _detach = new("--detach") { Description = "Do not wait: only send." };
    private readonly Option<long> _uploadAbove = new("--upload-above")
    {
        Description = "Files with more bytes are uploaded in blocks.", DefaultValueFactory = static _ => CohortInput.UsualUploadAbove,
    };

    /// <summary>Makes the options.</summary>
    public SubmitOptions()
    {
        _format.AcceptOnlyFromAmong(BatchFormats.NdJson, BatchFormats.Csv, BatchFormats.Json);
        _results.AcceptOnlyFromAmong(BatchFormats.NdJson, BatchFormats.Csv);
    }

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _format, _name, _candidates, _results, _output, _errors, _webhook, _detach, _uploadAbove })
            command.Options.Add(option);
    }

    /// <summary>Reads what was chosen.</summary>
    public SubmitChoices Read(ParseResult result) => new()
    {
        Format = result.GetValue(_format),
        Batch = new BatchSubmission
        {
            Name = result.GetValue(_name),
            Candidates = [.. (result.GetValue(_candidates) ?? []).SelectMany(
                static names => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
            ResultsFormat = result.GetRequiredValue(_results),
            Webhook = result.GetValue(_webhook),
        },
        ResultsPath = result.GetValue(_output),
        ErrorsPath = result.GetValue(_errors),
        Detach = result.GetValue(_detach),
        UploadAbove = result.GetValue(_uploadAbove),
    };

    // Which addresses it calls, the service says.
    private static Uri? ReadWebhook(ArgumentResult result, string text)
    {
        if (Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var webhook))
            return webhook;
        result.AddError("The webhook must be an address.");
        return null;
    }
}

/// <summary>What was chosen for a submission.</summary>
internal sealed record SubmitChoices
{
    /// <summary>The file's form; null to tell it from the name.</summary>
    public string? Format { get; init; }

    /// <summary>What is asked for; its form of results is also that of the files.</summary>
    public required BatchSubmission Batch { get; init; }

    /// <summary>Where results go; null for beside the input.</summary>
    public string? ResultsPath { get; init; }

    /// <summary>Where errors go; null for beside the input.</summary>
    public string? ErrorsPath { get; init; }

    /// <summary>Whether not to wait for the end.</summary>
    public bool Detach { get; init; }

    /// <summary>Files with more bytes are uploaded in blocks.</summary>
    public long UploadAbove { get; init; }
}
