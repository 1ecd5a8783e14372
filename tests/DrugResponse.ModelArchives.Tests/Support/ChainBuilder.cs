using System.Globalization;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Transforms;
using DrugResponse.ModelArchives.Writing;

namespace DrugResponse.ModelArchives.Tests.Support;

/// <summary>Builds an archive component by component, to try what no fixture has.</summary>
internal sealed class ChainBuilder
{
    private const string Chain = "TransformerChain";
    private readonly ArchiveEditor _archive = ArchiveEditor.Empty();
    private readonly List<(string Name, ColumnType Type)> _inputs = [];
    private int _count;

    public ChainBuilder Input(string name, ColumnItemType item, int? length = null)
    {
        _inputs.Add((name, new ColumnType(item, length)));

        return this;
    }

    public ChainBuilder Key(string name, ulong cardinality, int? length = null)
    {
        _inputs.Add((name, ColumnType.Key(cardinality, length)));

        return this;
    }

    /// <summary>Adds a component with its parts, each in a directory below its own.</summary>
    public ChainBuilder Add(ComponentFormat format, BodyWriter body, params (string Directory, ComponentFormat Format, BodyWriter Body)[] parts)
    {
        var path = $"{Chain}/Transform_{_count++:D3}";
        _archive.Set(path, format, body);
        foreach (var part in parts)
            _archive.Set($"{path}/{part.Directory}", part.Format, part.Body);

        return this;
    }

    public ChainBuilder Entry(string name, byte[] content)
    {
        _archive[$"{Chain}/Transform_{_count - 1:D3}/{name}"] = content;

        return this;
    }

    public ChainBuilder Concatenate(string output, params string[] sources) => Add(
        ColumnConcatenation.Format,
        new BodyWriter().Int32(1).String(output).Counted(sources, (body, source) => body.String(source).String(null)));

    public ChainBuilder Binary(string features, int count, ComponentFormat predictor, BodyWriter body, float threshold = 0, string thresholdColumn = "Score") =>
        Add(PredictionTransforms.BinaryFormat, new BodyWriter().String(features).Single(threshold).String(thresholdColumn), ("Model", predictor, body))
            .TrainSchema((features, ColumnType.NumberVector(count)));

    public ChainBuilder Regression(string features, int count, ComponentFormat predictor, BodyWriter body) =>
        Add(PredictionTransforms.RegressionFormat, new BodyWriter().String(features), ("Model", predictor, body))
            .TrainSchema((features, ColumnType.NumberVector(count)));

    public ChainBuilder TrainSchema(params (string Name, ColumnType Type)[] columns) => Entry("TrainSchema", SchemaFileWriter.Write(columns));

    public ArchiveEditor Build()
    {
        _archive.Set(Chain, TransformerChain.Format, new BodyWriter().Int32s(Enumerable.Repeat(7, _count).ToArray()));
        _archive.SetSchema("Schema", [.. _inputs]);

        return _archive;
    }

    public ModelArchive Read() => ModelArchive.Read(Build().Zip());

    /// <summary>Evaluates a row given as text, one per input slot, in the order of the inputs that the model uses.</summary>
    public string[] Evaluate(params string[] values)
    {
        var evaluator = Read().CompileOutputs();
        var row = evaluator.CreateRow();
        var next = 0;

        for (var input = 0; input < row.Inputs.Count; input++)
        {
            for (var slot = 0; slot < row.Inputs[input].SlotCount; slot++)
                row.SetFromText(input, values[next++], slot);
        }

        Assert.Equal(values.Length, next);

        return evaluator.Evaluate(row);
    }

    public float[] EvaluateNumbers(params string[] values) => Array.ConvertAll(Evaluate(values), cell => float.Parse(cell, CultureInfo.InvariantCulture));

    public static BodyWriter Pair(string output, string input) => new BodyWriter().Int32(1).String(output).String(input);
}
