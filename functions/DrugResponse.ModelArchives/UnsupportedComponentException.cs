namespace DrugResponse.ModelArchives;

/// <summary>The archive is well formed as far as it was read, but holds a component that the library does not evaluate.</summary>
public sealed class UnsupportedComponentException : ModelArchiveException
{
    internal UnsupportedComponentException(string loaderSignature, string modelSignature, string place, string entry, string reason, string? hint)
        : base(Describe(loaderSignature, modelSignature, place, reason, hint), entry, 0)
    {
        LoaderSignature = loaderSignature;
        ModelSignature = modelSignature;
        Place = place;
        Reason = reason;
        Hint = hint;
    }

    /// <summary>The signature that names the component's loader, such as <c>ExprTransform</c>.</summary>
    public string LoaderSignature { get; }

    /// <summary>The eight-character signature of the component's stream, such as <c>EXPRXFRM</c>; trailing blanks are kept.</summary>
    public string ModelSignature { get; }

    /// <summary>Directory of the component inside the archive, such as <c>TransformerChain/Transform_002</c>.</summary>
    public string Place { get; }

    /// <summary>What is unsupported: the component as such, its version, or the way it is used.</summary>
    public string Reason { get; }

    /// <summary>What to build the model with instead, where there is an answer; otherwise null.</summary>
    public string? Hint { get; }

    private static string Describe(string loaderSignature, string modelSignature, string place, string reason, string? hint)
    {
        var message = $"{place}: component '{loaderSignature}' ('{modelSignature}') is not supported: {reason}.";

        return hint is null ? message : $"{message} {hint}";
    }
}
