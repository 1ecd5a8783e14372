namespace DrugResponse.Client.Cli.Submissions;

/// <summary>Where the results and errors of a submission go.</summary>
/// <param name="Results">Full path of the file of results.</param>
/// <param name="Errors">Full path of the file of errors.</param>
internal sealed record OutputFiles(string Results, string Errors)
{
    private static readonly StringComparer Paths = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>Chooses the files before anything is sent.</summary>
    /// <param name="input">The cohort, beside which they are by default.</param>
    /// <param name="format">The form of both.</param>
    /// <param name="results">Where results are wanted; null for the default.</param>
    /// <param name="errors">Where errors are wanted; null for the default.</param>
    /// <exception cref="UnusableFileException">One would replace the other or the cohort, or could not be written.</exception>
    public static OutputFiles Choose(InputFile input, string format, string? results, string? errors)
    {
        var files = new OutputFiles(
            Path.GetFullPath(results ?? input.Beside($".results.{format}")), Path.GetFullPath(errors ?? input.Beside($".errors.{format}")));
        if (Paths.Equals(files.Results, files.Errors))
            throw new UnusableFileException($"Results and errors cannot both go to {files.Results}.");
        foreach (var path in new[] { files.Results, files.Errors })
        {
            if (Paths.Equals(path, input.Path) || Paths.Equals(path, Submission.PathFor(input)))
                throw new UnusableFileException($"{path} is part of the submission and would be replaced.");
            if (Directory.Exists(path))
                throw new UnusableFileException($"{path} is a folder and no file.");
            if (!Directory.Exists(Path.GetDirectoryName(path)))
                throw new UnusableFileException($"There is no folder {Path.GetDirectoryName(path)}.");
        }

        return files;
    }
}
