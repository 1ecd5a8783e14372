using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Adds columns with default values where the data lacks them; typically the label.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Transforms/OptionalColumnTransform.cs</c>. Body: i32 n; per column str name, codec. (The
/// entry <c>Schema.idv</c> beside it repeats the types.)
/// </remarks>
internal sealed class OptionalColumns(ComponentIdentity identity, (string Name, ColumnType Type)[] columns) : Transform(identity)
{
    public static readonly ComponentFormat Format = new("OptColTransform", "OPTCOL T", (1, 2), ComponentFormat.TransformsAssembly);

    public static OptionalColumns Read(ModelStream stream)
    {
        var body = stream.Body;
        var columns = new (string, ColumnType)[body.Count(6, "columns", footprint: 200)];
        for (var index = 0; index < columns.Length; index++)
            columns[index] = (body.String("a column"), Codec.ReadKnown(body).Type);

        return new OptionalColumns(stream.Identity, columns);
    }

    public override void Bind(Binder binder)
    {
        foreach (var (name, type) in columns)
        {
            if (binder.TryFind(name, out _))
                continue;

            binder.RequireSlots(name, type.Slots);
            binder.Add(new Step(Identity, name, type));
        }
    }

    private sealed class Step(ComponentIdentity component, string name, ColumnType type) : BoundStep(component, [])
    {
        private readonly BoundColumn _output = new(name, type, SlotOrigins.Of(SlotOrigins.Constant));

        public override IReadOnlyList<BoundColumn> Outputs => [_output];

        public override RowInstruction Emit(RowLayout layout) => new Instruction(layout.Find(_output));
    }

    private sealed class Instruction(ColumnSlots target) : RowInstruction
    {
        // A column of another model that last used the same state cannot show through: states belong to one model.
        public override void Run(RowState row) => target.SetEmpty(row);
    }
}
