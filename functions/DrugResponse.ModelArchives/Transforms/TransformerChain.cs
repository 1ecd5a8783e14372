using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Transforms one after the other.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/DataLoadSave/TransformerChain.cs</c>. Body: i32 n; then n times i32 scope, bit
/// flags 1 training, 2 testing, 4 scoring. Element i is the sub-model <c>Transform_iii</c>; one whose scope lacks scoring takes no part.
/// </remarks>
internal sealed class TransformerChain(ComponentIdentity identity, IReadOnlyList<Transform> transforms) : Transform(identity)
{
    public const int AllScopes = 7;
    private const int ScoringScope = 4;

    public static readonly ComponentFormat Format = new("TransformerChain", "XF CHAIN", (1, 1), ComponentFormat.DataAssembly);

    public static TransformerChain Read(ModelStream stream)
    {
        var scopes = stream.Body.CountedInt32s("scopes");
        var transforms = new List<Transform>();

        for (var index = 0; index < scopes.Length; index++)
        {
            if ((scopes[index] & ScoringScope) != 0)
                transforms.Add(TransformCatalog.Read(stream.Directory.Sub("Transform", index)));
        }

        return new TransformerChain(stream.Identity, transforms);
    }

    public override void Bind(Binder binder)
    {
        foreach (var transform in transforms)
            transform.Bind(binder);
    }
}
