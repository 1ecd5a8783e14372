using System.Numerics;
using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms.Normalizers;

/// <summary>The cumulative normal distribution of x, or of its logarithm, by an approximation of the error function.</summary>
/// <remarks>
/// <para>Body: i32 size of the item type F; bool useLog; i32 n; F[n] mean; F[n] standard deviation.</para>
/// <para>
/// v = useLog ? (F)ln((Double)x) : x. A v that is not finite gives 0, and so does a deviation of at most the smallest
/// denormal. z = (v - mean) / deviation and q = z * z / 2 and a = 0.147 in F; result (F)(0.5 + 0.5 * sign(z) *
/// sqrt(1 - exp(-q * (4/pi + a*q) / (1 + a*q)))) in Double, but 1 + a*q in F. Implicit zeros of a sparse vector stay zero.
/// </para>
/// </remarks>
internal static class CdfNormalizer
{
    public static readonly ComponentFormat Format = new("CdfNormalizeFunction", "CDFNORMF", (1, 1), ComponentFormat.DataAssembly);

    public static NormalizerFunction Read(ModelStream stream) => Function<float>.ReadAny(stream.Body);

    private sealed class Function<T>(bool usesLogarithm, T[] mean, T[] deviation) : NormalizerFunction
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private static readonly T Shape = T.CreateTruncating(0.147);

        public override ColumnItemType Item => typeof(T) == typeof(float) ? ColumnItemType.Single : ColumnItemType.Double;

        public override int Slots => mean.Length;

        public override MissingFlow Missing => MissingFlow.Spoils;

        public override bool FormMatters => true;

        public static NormalizerFunction ReadAny(EntryReader body) =>
            ReadSized(body, () => Function<float>.ReadRest(body, body.Singles), () => Function<double>.ReadRest(body, body.Doubles));

        public override RowInstruction Emit(ColumnSlots source, ColumnSlots target, bool isVector) => new Instruction(this, source, target);

        private static Function<T> ReadRest(EntryReader body, Func<int, string, T[]> read)
        {
            var usesLogarithm = body.Boolean("the use of logarithms");
            var slots = ReadSlots(body);

            return new Function<T>(usesLogarithm, read(slots, "means"), read(slots, "standard deviations"));
        }

        private T Apply(int slot, T value)
        {
            if (!(deviation[slot] > T.Epsilon))
                return T.Zero;
            if (usesLogarithm)
                value = T.CreateTruncating(Math.Log(double.CreateTruncating(value)));
            if (!T.IsFinite(value))
                return T.Zero;

            var distance = (value - mean[slot]) / deviation[slot];
            var square = distance * distance / (T.One + T.One);
            var shaped = Shape * square;
            var exponent = double.CreateTruncating(-square) * ((4 / Math.PI) + double.CreateTruncating(shaped)) / double.CreateTruncating(T.One + shaped);

            // Not Math.Sign, which throws for NaN; parameters that are not finite make one.
            var sign = distance > T.Zero ? 1 : distance < T.Zero ? -1 : 0;

            return T.CreateTruncating(0.5 + (0.5 * sign * Math.Sqrt(1 - Math.Exp(exponent))));
        }

        private sealed class Instruction(Function<T> function, ColumnSlots source, ColumnSlots target) : RowInstruction
        {
            public override void Run(RowState row)
            {
                var from = source.Values<T>(row);
                var to = target.Values<T>(row);

                if (source.ExplicitCount(row) == RowState.Dense)
                {
                    for (var slot = 0; slot < to.Length; slot++)
                        to[slot] = function.Apply(slot, from[slot]);
                }
                else
                {
                    target.SetEmpty(row);
                    foreach (var slot in source.ExplicitSlots(row))
                        to[slot] = function.Apply(slot, from[slot]);
                }

                target.SetBuiltForm<T>(row);
            }
        }
    }
}
