namespace DrugResponse.Functions.Hosting;

/// <summary>The folder that a developer works in.</summary>
internal static class RepositoryRoot
{
    /// <summary>Finds the nearest folder above the program that holds host.json and package.json.</summary>
    /// <returns>Its full path, or null when the program does not run inside a repository.</returns>
    public static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, HostJson.FileName)) && File.Exists(Path.Combine(folder.FullName, "package.json")))
                return folder.FullName;
        }

        return null;
    }
}
