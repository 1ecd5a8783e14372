namespace DrugResponse.Functions.Hosting;

/// <summary>The folder that a developer works in: the one that holds the app's host.json.</summary>
internal static class AppRoot
{
    /// <summary>Finds the nearest folder with a host.json, from the current folder upwards.</summary>
    /// <returns>Its full path, or null when there is none, as in a deployed package started from elsewhere.</returns>
    public static string? Find()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, HostJson.FileName)))
                return folder.FullName;
        }

        return null;
    }
}
