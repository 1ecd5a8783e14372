using System.Reflection;

namespace DrugResponse.Pharmacogenomics.Tests;

/// <summary>Files of published expectations that are built into this assembly.</summary>
internal static class Fixture
{
    /// <summary>The text of a file.</summary>
    public static string Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new FileNotFoundException(name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The rows of a tab separated file, each by column name; lines that begin with # are skipped.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Rows(string name)
    {
        var lines = Text(name).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.StartsWith('#')).ToArray();
        var columns = lines[0].Split('\t');
        return lines.Skip(1).Select(l => l.Split('\t')).Select(fields =>
            (IReadOnlyDictionary<string, string>)columns.Select((c, i) => (c, i < fields.Length ? fields[i] : "")).ToDictionary(p => p.c, p => p.Item2));
    }
}
