using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Loading;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives;

/// <summary>A model archive as <c>mlContext.Model.Save</c> of ML.NET writes it, read and checked. Immutable; safe from any thread.</summary>
/// <remarks>
/// Nothing is extracted to disk and no type named in the archive is loaded. Every part is checked while it is read, so
/// an archive that was read compiles.
/// </remarks>
public sealed class ModelArchive
{
    private readonly BoundModel _model;
    private readonly Lazy<ArchiveComponent> _components;

    private ModelArchive(BoundModel model, ZipContainer container, long size)
    {
        var usage = ColumnUsage.Of(model.Steps, model.Prediction is null ? model.Outputs : model.Results);
        _model = model;
        Inputs = [.. model.Inputs.Select(input => BoundModel.Describe(input, usage))];
        _components = new Lazy<ArchiveComponent>(() => ArchiveComponent.ReadTree(container));
        Size = size;
    }

    /// <summary>What the model predicts.</summary>
    public PredictionKind Kind => _model.Kind;

    /// <summary>Whether the model gives a probability beside its score.</summary>
    public bool IsCalibrated => _model.Probability is not null;

    /// <summary>All input columns of the archive, those that are not used included, in the order of its schema.</summary>
    public IReadOnlyList<ModelInput> Inputs { get; }

    /// <summary>The components as they lie in the archive's directories, for display.</summary>
    public ArchiveComponent Components => _components.Value;

    /// <summary>Size of the archive in bytes.</summary>
    public long Size { get; }

    /// <summary>Reads an archive.</summary>
    /// <param name="archive">The bytes of the zip file. They must not change as long as this object is used; compiled scorers do not refer to them.</param>
    /// <param name="limits">Caps on what the archive may ask for; null for the defaults.</param>
    /// <exception cref="ModelArchiveFormatException">The archive is malformed.</exception>
    /// <exception cref="ModelArchiveLimitException">The archive exceeds a limit.</exception>
    /// <exception cref="UnsupportedComponentException">The archive holds a component that is not evaluated.</exception>
    public static ModelArchive Read(ReadOnlyMemory<byte> archive, ModelArchiveLimits? limits = null)
    {
        limits ??= ModelArchiveLimits.Default;
        var container = ZipContainer.Open(archive, limits);
        var loaded = ArchiveLoader.Load(container);

        return new ModelArchive(BoundModel.Bind(loaded, limits), container, archive.Length);
    }

    /// <summary>Reads an archive from a stream, from its position to its end.</summary>
    /// <inheritdoc cref="Read(ReadOnlyMemory{byte}, ModelArchiveLimits?)"/>
    /// <param name="archive">The stream; it is left open.</param>
    /// <param name="limits">Caps on what the archive may ask for; null for the defaults.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static ModelArchive Read(Stream archive, ModelArchiveLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(archive);
        limits ??= ModelArchiveLimits.Default;

        return Read(ArchiveBytes.ReadAll(archive, limits), limits);
    }

    /// <summary>Compiles the model to a scorer.</summary>
    /// <exception cref="InvalidOperationException">The archive only transforms columns, and predicts nothing.</exception>
    public ModelScorer Compile()
    {
        if (_model.Prediction is null)
            throw new InvalidOperationException("The archive has no predictor: it only transforms columns.");

        return new ModelScorer(_model, RowProgram.Compile(_model, _model.Results));
    }

    /// <summary>Compiles what a user of the model sees as its result columns: see <see cref="OutputEvaluator"/>.</summary>
    public OutputEvaluator CompileOutputs() => new(_model, RowProgram.Compile(_model, _model.Outputs));
}
