using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Calibrators;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>A calibrator as a step of its own: adds <c>Probability</c>; the predicted label stays as it is.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/Prediction/CalibratorCatalog.cs</c>. Body: from version 1.2 str score column;
/// before, none, and the column is <c>Score</c>. Sub-model <c>Calibrator</c>.
/// </remarks>
internal sealed class Calibration(ComponentIdentity identity, string scoreColumn, Calibrator calibrator) : Transform(identity)
{
    public static readonly ComponentFormat Format = new("PlattCalibratTransf", "CALTRANS", (1, 2), (1, 1), (1, 1), ComponentFormat.DataAssembly)
    {
        OlderLoaderSignatures = ["NaiveCalibratTransf", "PavCalibratTransf"],
    };

    public static Calibration Read(ModelStream stream)
    {
        var column = stream.Version.IsAtLeast(1, 2) ? stream.Body.String("the score column") : ColumnNames.Score;

        return new Calibration(stream.Identity, column, CalibratorCatalog.ReadOf(stream.Directory));
    }

    public override void Bind(Binder binder)
    {
        var score = binder.Resolve(Identity, scoreColumn, ColumnType.Number);
        if (score.Type != ColumnType.Number)
            throw Identity.Mismatch($"score column '{score.Name}' of Single", score.Type.ToString());

        var output = new BoundColumn(ColumnNames.Probability, ColumnType.Number, score.Origins);
        binder.Add(new Step(Identity, score, output, calibrator));
    }

    /// <summary>A step that adds a probability to a score.</summary>
    internal sealed class Step(ComponentIdentity component, BoundColumn score, BoundColumn probability, Calibrator calibrator) : BoundStep(component, [score])
    {
        public Calibrator Calibrator { get; } = calibrator;

        public override IReadOnlyList<BoundColumn> Outputs => [probability];

        public override SlotFlow Flow => SlotFlow.SlotBySlot;

        public override RowInstruction Emit(RowLayout layout) =>
            new SlotMapInstruction<float, float>(layout.Find(Inputs[0]), layout.Find(probability), (_, value) => Calibrator.Calibrate(value), mapsImplicit: true);
    }
}
