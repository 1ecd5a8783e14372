namespace DrugResponse.ModelArchives.Format;

/// <summary>What to use in place of components that are known but not evaluated.</summary>
internal static class ComponentHints
{
    private const string TextHint = "Map the text to categories before training and use OneHotEncoding or OneHotHashEncoding.";

    private static readonly Dictionary<string, string> ByLoader = new(StringComparer.Ordinal)
    {
        ["ExprTransform"] = "Compute the expression before the model and pass its result as an input column.",
        ["CustomTransformer"] = "Custom code is not part of the archive; compute its result before the model and pass it as an input column.",
        ["TreeEnseFeat"] = "Train the tree ensemble itself as the predictor (FastTree, FastForest or LightGbm).",
        ["FAFMPredXfer"] = "Use FastTree, LightGbm, Gam or a linear trainer; add interaction columns before training if they matter.",
        ["FieldAwareFactMacPredict"] = "Use FastTree, LightGbm, Gam or a linear trainer; add interaction columns before training if they matter.",
        ["MaFactPredXf"] = "Matrix factorization is not evaluated; use a regression or ranking trainer on features of the pair.",
        ["OnnxTransform"] = "ONNX models are not evaluated; retrain with an ML.NET trainer.",
        ["TensorFlowTransform"] = "TensorFlow models are not evaluated; retrain with an ML.NET trainer.",
        ["Text"] = TextHint,
        ["TextTransform"] = TextHint,
        ["TextNormalizerTransform"] = TextHint,
        ["TextNormalizerFunction"] = TextHint,
        ["TokenizeTextTransform"] = TextHint,
        ["CharToken"] = TextHint,
        ["CharTokenize"] = TextHint,
        ["NgramTransform"] = TextHint,
        ["NgramHashTransform"] = TextHint,
        ["StopWordsTransform"] = TextHint,
        ["WordEmbeddingsTransform"] = TextHint,
    };

    public static string? For(string loaderSignature) => ByLoader.GetValueOrDefault(loaderSignature);
}
