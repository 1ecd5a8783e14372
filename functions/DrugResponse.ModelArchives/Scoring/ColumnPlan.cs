using System.Runtime.Intrinsics;
using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Predictors.Ranks;

namespace DrugResponse.ModelArchives.Scoring;

/// <summary>Makes the features of a block of rows straight from input columns, when nothing but simple operations lies between.</summary>
internal sealed class ColumnPlan
{
    private readonly Feature[] _features;

    private ColumnPlan(Feature[] features, bool hasBuiltForm)
    {
        _features = features;
        HasBuiltForm = hasBuiltForm;
    }

    /// <summary>
    /// Whether ML.NET's incremental builder makes the feature vector, so that a row is dense or sparse by its values; otherwise all rows are
    /// dense, or the predictor does not care.
    /// </summary>
    public bool HasBuiltForm { get; }

    /// <summary>Traces the used features back to inputs; null if that is not possible.</summary>
    /// <param name="model">The model.</param>
    /// <param name="features">The feature column.</param>
    /// <param name="used">Which features the predictor looks at.</param>
    /// <param name="formMatters">Whether the predictor sums dense and sparse vectors differently.</param>
    /// <param name="inputs">The inputs of the compiled model, all of type Single.</param>
    public static ColumnPlan? TryCreate(BoundModel model, BoundColumn features, bool[] used, bool formMatters, InputLayout inputs)
    {
        if (!inputs.IsAllSingle)
            return null;

        var tracer = new SlotTracer(model);
        var isBuilt = tracer.MakerOf(features)?.SourceOf(0) is { Operation.Kind: SlotOperationKind.Scale };
        if (formMatters && features.MayBeSparse && !isBuilt)
            return null;

        var places = inputs.Inputs.Zip(inputs.Places).ToDictionary(item => item.First.Name, item => item.Second.Offset, StringComparer.Ordinal);
        var positions = model.Inputs.Where(input => places.ContainsKey(input.Name)).ToDictionary(input => input.InputIndex, input => places[input.Name]);

        var plan = new List<Feature>();
        for (var slot = 0; slot < used.Length; slot++)
        {
            if (!used[slot])
                continue;
            if (tracer.Trace(features, slot) is not { } source || !positions.TryGetValue(source.Input.InputIndex, out var position))
                return null;
            plan.Add(new Feature(slot, position + source.Slot, source.Operations));
        }

        return new ColumnPlan([.. plan], isBuilt && formMatters);
    }

    /// <summary>Writes the features of the rows from <paramref name="first"/> on; rows behind the last one repeat it.</summary>
    public void Run(ReadOnlySpan<ReadOnlyMemory<float>> columns, int first, Span<float> block)
    {
        foreach (var feature in _features)
        {
            var values = Load(columns[feature.Column].Span[first..]);
            foreach (var operation in feature.Operations)
                values = Apply(operation, values);
            values.CopyTo(block.Slice(feature.Slot * RowBlock.Rows, RowBlock.Rows));
        }
    }

    private static Vector512<float> Load(ReadOnlySpan<float> values)
    {
        if (values.Length >= RowBlock.Rows)
            return Vector512.Create(values);

        Span<float> padded = stackalloc float[RowBlock.Rows];
        padded.Fill(values[^1]);
        values.CopyTo(padded);

        return Vector512.Create<float>(padded);
    }

    private static Vector512<float> Apply(SlotOperation operation, Vector512<float> values) => operation.Kind == SlotOperationKind.Replace
        ? Vector512.ConditionalSelect(Vector512.Equals(values, values), values, Vector512.Create(operation.First))
        : ((values - Vector512.Create(operation.First)) * Vector512.Create(operation.Second)) + Vector512<float>.Zero;

    /// <summary>A feature slot, the column it comes from, and what is done on the way.</summary>
    private readonly record struct Feature(int Slot, int Column, SlotOperation[] Operations);
}
