using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Projects vectors to principal components: out[r] = e_r.x - mean[r].</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.PCA/PcaTransformer.cs</c>. Body: in version 1.1 i32 4; column pairs; per column i32 n, i32 rank, rank
/// times f32[n] eigenvector, f32[] projected mean (counted; none = zeros).
/// </remarks>
internal sealed class ComponentProjection(ComponentIdentity identity, ColumnPair[] pairs, ComponentProjection.Projection[] projections) : Transform(identity)
{
    public static readonly ComponentFormat Format = new("PcaTransform", "PCA FUNC", (1, 2), (1, 2), (1, 1), "Microsoft.ML.PCA");

    public static ComponentProjection Read(ModelStream stream)
    {
        if (!stream.Version.IsAtLeast(1, 2))
            stream.Body.FloatSize();

        var pairs = stream.Pairs();

        return new ComponentProjection(stream.Identity, pairs, Array.ConvertAll(pairs, _ => ReadProjection(stream.Body)));
    }

    public override void Bind(Binder binder)
    {
        var inputs = pairs.Select((pair, index) => binder.Resolve(Identity, pair.Input, ColumnType.NumberVector(projections[index].Length))).ToArray();

        for (var index = 0; index < pairs.Length; index++)
        {
            binder.RequireSlots(pairs[index].Output, projections[index].Components.Length);
            binder.Add(new Step(Identity, pairs[index].Output, inputs[index], projections[index]));
        }
    }

    private static Projection ReadProjection(EntryReader body)
    {
        var start = body.Position;
        var length = body.Int32("the number of slots");
        var rank = body.Int32("the rank");
        if (length < 1 || rank < 1 || rank > body.Remaining)
            throw body.MalformedAt(start, "at least one slot and component", $"{length} and {rank}");

        body.Budget.Take(body.Entry, start, 100L * rank);
        var components = new WeightVector[rank];
        for (var index = 0; index < rank; index++)
            components[index] = WeightVector.Dense(body.Singles(length, "an eigenvector"));

        var mean = body.CountedSingles("the projected mean");
        if (mean.Length != 0 && mean.Length != rank)
            throw body.MalformedAt(start, $"a projected mean of {rank} values or none", EntryReader.Text(mean.Length));

        return new Projection(length, components, mean);
    }

    internal sealed record Projection(int Length, WeightVector[] Components, float[] Mean);

    private sealed class Step : BoundStep
    {
        private readonly BoundColumn _output;
        private readonly Projection _projection;

        public Step(ComponentIdentity component, string name, BoundColumn input, Projection projection)
            : base(component, [input])
        {
            if (input.Type != ColumnType.NumberVector(projection.Length))
                throw component.Mismatch($"column '{input.Name}' as a vector of {projection.Length} Single", input.Type.ToString());

            _projection = projection;
            _output = new BoundColumn(name, ColumnType.NumberVector(projection.Components.Length), SlotOrigins.Of(input.Origins.Common));
        }

        public override IReadOnlyList<BoundColumn> Outputs => [_output];

        public override bool FormMatters => true;

        public override RowInstruction Emit(RowLayout layout) => new Instruction(layout.Find(Inputs[0]), layout.Find(_output), _projection);
    }

    private sealed class Instruction(ColumnSlots source, ColumnSlots target, Projection projection) : RowInstruction
    {
        public override void Run(RowState row)
        {
            var features = source.Features(row);
            var to = target.Singles(row);

            for (var index = 0; index < to.Length; index++)
                to[index] = projection.Components[index].Dot(features) - (projection.Mean.Length == 0 ? 0 : projection.Mean[index]);
        }
    }
}
