using System.Text.Json;
using System.Text.Json.Serialization;

namespace DrugResponse.Client.Cli.Submissions;

/// <summary>
/// How far a submission is, kept in a file beside the input until its results are there: the same command, given again, goes on from it.
/// </summary>
internal sealed record Submission
{
    /// <summary>The service.</summary>
    public required string Server { get; init; }

    /// <summary>What is asked for, with the key by which the service knows the request again.</summary>
    public required BatchSubmission Batch { get; init; }

    /// <summary>Length of the input.</summary>
    public required long Length { get; init; }

    /// <summary>When the input was changed last.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>
    /// How far the upload is; null when the input goes with the request, has not begun to be uploaded, or there is a batch.
    /// </summary>
    public CohortUpload? Upload { get; init; }

    /// <summary>The batch, once there is one.</summary>
    public string? BatchId { get; init; }

    /// <summary>Where it is kept.</summary>
    public static string PathFor(InputFile input) => input.Path + ".submission";

    /// <summary>Reads what is kept of this very submission, or begins it.</summary>
    public static Submission LoadOrBegin(InputFile input, string server, BatchSubmission asked)
    {
        var path = PathFor(input);
        if (File.Exists(path) && Parse(File.ReadAllBytes(path)) is { } kept
            && kept.Server == server && kept.Length == input.Length && kept.WrittenAt == input.WrittenAt && IsSame(kept.Batch, asked))
            return kept;

        return new Submission
        {
            Server = server,
            Batch = asked with { IdempotencyKey = Guid.NewGuid().ToString() },
            Length = input.Length,
            WrittenAt = input.WrittenAt,
        };
    }

    /// <summary>Keeps it. The file holds an address that can be written to, so nobody else may read it.</summary>
    public Submission Save(InputFile input)
    {
        var path = PathFor(input);
        var draft = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
            JsonSerializer.Serialize(file, this, SubmissionJson.Default.Submission);
        File.Move(draft, path, overwrite: true);
        return this;
    }

    /// <summary>Forgets it: there is nothing to go on with.</summary>
    public static void Forget(InputFile input) => File.Delete(PathFor(input));

    private static bool IsSame(BatchSubmission kept, BatchSubmission asked) =>
        (kept.Name, kept.ResultsFormat, kept.Webhook) == (asked.Name, asked.ResultsFormat, asked.Webhook)
        && kept.Candidates.SequenceEqual(asked.Candidates);

    private static Submission? Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, SubmissionJson.Default.Submission);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Source-generated JSON of what is kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(Submission))]
internal sealed partial class SubmissionJson : JsonSerializerContext;
