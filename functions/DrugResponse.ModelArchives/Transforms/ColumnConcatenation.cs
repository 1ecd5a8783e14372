using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Joins columns of one item type into a vector.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/Transforms/ColumnConcatenatingTransformer.cs</c>. Body from version 1.3: i32
/// outputs; per output str name, i32 sources, per source str column, str? alias. Before: i32 4; i32 outputs; per output str
/// name, i32 n, str[n] sources; then, if readable from 1.2, per output pairs of i32 source index and str alias, ended by -1.
/// </remarks>
internal sealed class ColumnConcatenation(ComponentIdentity identity, IReadOnlyList<(string Output, string[] Sources)> columns) : Transform(identity)
{
    public static readonly ComponentFormat Format = new("ConcatTransform", "CONCAT F", (1, 3), (1, 3), (1, 1), ComponentFormat.DataAssembly)
    {
        Alternative = "ConcatFunction",
    };

    public static ColumnConcatenation Read(ModelStream stream) =>
        new(stream.Identity, stream.Version.IsAtLeast(1, 3) ? ReadColumns(stream.Body) : ReadOldColumns(stream));

    public override void Bind(Binder binder)
    {
        var inputs = columns.Select(column => Array.ConvertAll(column.Sources, name => binder.Resolve(Identity, name))).ToArray();

        for (var index = 0; index < inputs.Length; index++)
            binder.Add(new ConcatenationStep(binder, Identity, columns[index].Output, inputs[index]));
    }

    private static List<(string Output, string[] Sources)> ReadColumns(EntryReader body)
    {
        var count = body.Count(8, "outputs", footprint: 100);
        var columns = new List<(string, string[])>(count);

        for (var index = 0; index < count; index++)
        {
            var output = body.String("an output column");
            var sources = new string[body.Count(8, "sources", footprint: 100)];

            for (var source = 0; source < sources.Length; source++)
            {
                sources[source] = body.String("a source column");
                body.StringOrNull("an alias");
            }

            columns.Add((output, sources));
        }

        return columns;
    }

    private static List<(string Output, string[] Sources)> ReadOldColumns(ModelStream stream)
    {
        var body = stream.Body;
        body.FloatSize();
        var count = body.Count(8, "outputs", footprint: 100);
        var columns = new List<(string, string[])>(count);

        for (var index = 0; index < count; index++)
        {
            var output = body.String("an output column");
            var sources = new string[body.Count(4, "sources", footprint: 100)];
            for (var source = 0; source < sources.Length; source++)
                sources[source] = body.String("a source column");
            columns.Add((output, sources));
        }

        if (stream.Header.ReadableVersion.IsAtLeast(1, 2))
        {
            for (var index = 0; index < count; index++)
                SkipAliases(body);
        }

        return columns;
    }

    private static void SkipAliases(EntryReader body)
    {
        while (body.Int32("a source index") != -1)
            body.String("an alias");
    }
}
