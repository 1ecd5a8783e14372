using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Scales each row's vector by its own norm.</summary>
/// <remarks>
/// <para>
/// Source: ML.NET <c>src/Microsoft.ML.Transforms/GcnTransform.cs</c>. Body: up to version 1.2 i32 4; column pairs; per column
/// bool zero mean, u8 norm (0 L2, 1 standard deviation, 2 L1, 3 infinity), f32 scale.
/// </para>
/// <para>
/// Over the explicit values of a vector of N slots, in Single: mean = sum/N if zero mean, else 0. d: L2 sqrt(sum (x-mean)^2);
/// standard deviation sqrt(sum over all N slots of (x-m)^2 / N), m = sum/N; L1 sum |x-mean|; infinity max |x-mean|. s = d &gt;
/// 0 ? scale/d : scale, but 1 if that is below 1e-8. Result (x - mean) * s for all slots, or x * s for the explicit ones if
/// the mean is 0. A vector without explicit values stays as it is.
/// </para>
/// </remarks>
internal sealed class LpNormalization(ComponentIdentity identity, ColumnPair[] pairs, LpNormalization.Column[] columns) : Transform(identity)
{
    public static readonly ComponentFormat Format = new("GcnTransform", "GCNORMAF", (1, 3), (1, 3), (1, 1), ComponentFormat.TransformsAssembly)
    {
        Alternative = "GcnFunction",
    };

    private const float SmallestScale = 1e-8f;

    internal enum Norm
    {
        L2,
        StandardDeviation,
        L1,
        Infinity,
    }

    public static LpNormalization Read(ModelStream stream)
    {
        if (!stream.Version.IsAtLeast(1, 3))
            stream.Body.FloatSize();

        var pairs = stream.Pairs();

        return new LpNormalization(stream.Identity, pairs, Array.ConvertAll(pairs, _ => ReadColumn(stream)));
    }

    public override void Bind(Binder binder)
    {
        var inputs = Array.ConvertAll(pairs, pair => binder.Resolve(Identity, pair.Input));

        for (var index = 0; index < pairs.Length; index++)
        {
            var column = columns[index];
            var input = inputs[index];
            if (input.Type is not { Item: ColumnItemType.Single, IsKey: false, IsVector: true })
                throw Identity.Mismatch($"column '{input.Name}' as a vector of Single", input.Type.ToString());

            binder.Add(new Step(Identity, pairs[index].Output, input, column));
        }
    }

    private static Column ReadColumn(ModelStream stream)
    {
        var body = stream.Body;
        var start = body.Position;
        var subtractsMean = body.Boolean("the zero mean of a column");

        // Version 1.1 had a flag here: standard deviation or L2.
        var norm = body.Byte("the norm of a column");
        var scale = body.Single("the scale of a column");

        if (norm > (byte)Norm.Infinity || !(scale > 0) || float.IsPositiveInfinity(scale))
            throw body.MalformedAt(start, "a norm from 0 to 3 and a finite scale above 0", $"norm {norm}, scale {scale}");

        return new Column(subtractsMean, (Norm)norm, scale);
    }

    internal sealed record Column(bool SubtractsMean, Norm Norm, float Scale);

    private sealed class Step(ComponentIdentity component, string name, BoundColumn input, Column column) : BoundStep(component, [input])
    {
        private readonly BoundColumn _output = new(name, input.Type, SlotOrigins.Of(input.Origins.Common)) { MayBeSparse = input.MayBeSparse };

        public override IReadOnlyList<BoundColumn> Outputs => [_output];

        public override bool FormMatters => input.MayBeSparse;

        public override RowInstruction Emit(RowLayout layout) => new Instruction(layout.Find(input), layout.Find(_output), column);
    }

    private sealed class Instruction(ColumnSlots source, ColumnSlots target, Column column) : RowInstruction
    {
        public override void Run(RowState row)
        {
            var from = source.Singles(row);
            var to = target.Singles(row);
            var isDense = source.ExplicitCount(row) == RowState.Dense;
            var explicitCount = isDense ? from.Length : source.ExplicitCount(row);

            if (explicitCount == 0)
            {
                target.SetEmpty(row);
                return;
            }

            var average = Sum(from) / from.Length;
            var mean = column.SubtractsMean ? average : 0;
            var center = column.Norm == Norm.StandardDeviation ? average : mean;
            var divisor = isDense ? Divisor(from, center, 0) : Divisor(Gather(from, source.ExplicitSlots(row)), center, from.Length - explicitCount);
            var scale = divisor > 0 ? column.Scale / divisor : column.Scale;
            if (scale < SmallestScale)
                scale = 1;

            if (mean == 0 && !isDense)
            {
                ScaleExplicit(row, from, to, scale);
                return;
            }

            for (var slot = 0; slot < to.Length; slot++)
                to[slot] = (from[slot] - mean) * scale;
            target.SetDense(row);
        }

        private static float Sum(ReadOnlySpan<float> values)
        {
            var sum = 0f;
            foreach (var value in values)
                sum += value;

            return sum;
        }

        private static float[] Gather(ReadOnlySpan<float> values, ReadOnlySpan<int> slots)
        {
            var gathered = new float[slots.Length];
            for (var index = 0; index < slots.Length; index++)
                gathered[index] = values[slots[index]];

            return gathered;
        }

        private float Divisor(ReadOnlySpan<float> values, float center, int implicitCount)
        {
            var sum = 0f;
            var squares = column.Norm == Norm.StandardDeviation ? implicitCount * (center * center) : 0;
            var largest = 0f;

            foreach (var value in values)
            {
                var distance = Math.Abs(value - center);
                sum += distance;
                squares += distance * distance;
                largest = Math.Max(largest, distance);
            }

            return column.Norm switch
            {
                Norm.StandardDeviation => MathF.Sqrt(squares / (values.Length + implicitCount)),
                Norm.L2 => MathF.Sqrt(squares),
                Norm.L1 => sum,
                _ => largest,
            };
        }

        private void ScaleExplicit(RowState row, ReadOnlySpan<float> from, Span<float> to, float scale)
        {
            target.SetEmpty(row);
            var slots = source.ExplicitSlots(row);
            foreach (var slot in slots)
                to[slot] = from[slot] * scale;

            if (target.IsTracked)
            {
                slots.CopyTo(target.SlotList(row));
                row.ExplicitCounts[target.Form] = slots.Length;
            }
        }
    }
}
