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

    /// <summary>What is asked for, as the query of the request.</summary>
    public required string Query { get; init; }

    /// <summary>Length of the input.</summary>
    public required long Length { get; init; }

    /// <summary>When the input was changed last.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>By which the service knows the request again.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The upload; null when the input goes with the request, or has not begun to be uploaded.</summary>
    public string? UploadId { get; init; }

    /// <summary>Where the upload goes.</summary>
    public Uri? UploadAddress { get; init; }

    /// <summary>When that address stops working.</summary>
    public DateTimeOffset UploadExpiresAt { get; init; }

    /// <summary>How many blocks were sent.</summary>
    public int UploadedBlocks { get; init; }

    /// <summary>Whether the blocks were made a file, which is not touched any more: from then on there may be a batch of it.</summary>
    public bool IsCommitted { get; init; }

    /// <summary>The batch, once there is one.</summary>
    public string? BatchId { get; init; }

    /// <summary>Where it is kept.</summary>
    public static string PathFor(InputFile input) => input.Path + ".submission";

    /// <summary>Reads what is kept of this very submission, or begins it.</summary>
    public static Submission LoadOrBegin(InputFile input, string server, string query)
    {
        var path = PathFor(input);
        if (File.Exists(path) && Parse(File.ReadAllBytes(path)) is { } kept
            && kept.Server == server && kept.Query == query && kept.Length == input.Length && kept.WrittenAt == input.WrittenAt)
            return kept;

        return new Submission
        {
            Server = server,
            Query = query,
            Length = input.Length,
            WrittenAt = input.WrittenAt,
            IdempotencyKey = Guid.NewGuid().ToString(),
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
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(Submission))]
internal sealed partial class SubmissionJson : JsonSerializerContext;
