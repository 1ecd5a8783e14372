using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Keeps or drops columns by name.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/Transforms/ColumnSelecting.cs</c>. Body: bool keep, bool keep hidden, bool ignore
/// missing, i32 n, str[n]. Two older layouts occur in pipelines of the old command line: drop (i32 4, bool keep, i32 n, str[n])
/// and choose (i32 4, u8 hidden option, i32 n, per column str output, str input, u8 option; kept by output name).
/// </remarks>
internal sealed class ColumnSelection(ComponentIdentity identity, bool keeps, bool ignoresMissing, string[] names) : Transform(identity)
{
    public static readonly ComponentFormat Format = new("SelectColumnsTransform", "SELCOLST", (1, 1), ComponentFormat.DataAssembly);
    public static readonly ComponentFormat DropFormat = new("DropColumnsTransform", "DRPCOLST", (1, 2), ComponentFormat.DataAssembly);
    public static readonly ComponentFormat ChooseFormat = new("ChooseColumnsTransform", "CHSCOLSF", (1, 1), ComponentFormat.DataAssembly)
    {
        Alternative = "ChooseColumnsFunction",
    };

    public static ColumnSelection Read(ModelStream stream)
    {
        var body = stream.Body;
        var keeps = body.Boolean("keep");
        body.Boolean("keep hidden");
        var ignoresMissing = body.Boolean("ignore missing");

        return new ColumnSelection(stream.Identity, keeps, ignoresMissing, ReadNames(body));
    }

    public static ColumnSelection ReadDrop(ModelStream stream)
    {
        stream.Body.FloatSize();
        var keeps = stream.Body.Boolean("keep");

        return new ColumnSelection(stream.Identity, keeps, ignoresMissing: true, ReadNames(stream.Body));
    }

    public static ColumnSelection ReadChoose(ModelStream stream)
    {
        var body = stream.Body;
        body.FloatSize();
        body.Byte("the option for hidden columns");
        var names = new string[body.Count(9, "columns", footprint: 50)];

        for (var index = 0; index < names.Length; index++)
        {
            names[index] = body.String("an output column");
            body.String("an input column");
            body.Byte("an option");
        }

        return new ColumnSelection(stream.Identity, keeps: true, ignoresMissing: true, names);
    }

    public override void Bind(Binder binder)
    {
        if (!ignoresMissing)
        {
            foreach (var name in names)
                binder.Find(Identity, name);
        }

        if (keeps)
        {
            binder.Keep(names);
            return;
        }

        foreach (var name in names)
            binder.Drop(name);
    }

    private static string[] ReadNames(EntryReader body)
    {
        var names = new string[body.Count(4, "columns", footprint: 50)];
        for (var index = 0; index < names.Length; index++)
            names[index] = body.String("a column");

        return names;
    }
}
