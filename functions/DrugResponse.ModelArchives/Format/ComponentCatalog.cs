namespace DrugResponse.ModelArchives.Format;

/// <summary>The components of one role that can be read, by loader signature.</summary>
/// <remarks>
/// A stream is taken by the loader signature, or else by the alternative one; then its model signature must be the
/// component's, and its versions must satisfy: readable &lt;= component written, written &gt;= component oldest.
/// </remarks>
internal sealed class ComponentCatalog<T>
{
    private readonly Dictionary<string, List<(ComponentFormat Format, Func<ModelStream, T> Read)>> _byLoader = new(StringComparer.Ordinal);
    private readonly string _role;

    public ComponentCatalog(string role, params ReadOnlySpan<(ComponentFormat Format, Func<ModelStream, T> Read)> components)
    {
        _role = role;
        foreach (var component in components)
        {
            Register(component.Format.LoaderSignature, component);
            if (component.Format.Alternative is { } alternative)
                Register(alternative, component);
            foreach (var older in component.Format.OlderLoaderSignatures)
                Register(older, component);
        }
    }

    /// <summary>Reads the component of a directory, which must consume its body to the last byte.</summary>
    public T Read(ModelDirectory directory) => Read(directory.Open());

    public T Read(ModelStream stream)
    {
        var (format, read) = Find(stream);

        if (stream.Header.ReadableVersion > format.Written)
            throw stream.Unsupported($"its version {stream.Version} needs a reader of version {stream.Header.ReadableVersion}, this one is {format.Written}");
        if (stream.Version < format.Oldest)
            throw stream.Unsupported($"its version {stream.Version} is older than {format.Oldest}", "Save the model again with a current ML.NET.");

        var component = read(stream);
        stream.Body.ExpectEnd($"the body of '{format.LoaderSignature}'");

        return component;
    }

    private (ComponentFormat Format, Func<ModelStream, T> Read) Find(ModelStream stream)
    {
        var header = stream.Header;

        if (!_byLoader.TryGetValue(header.LoaderSignature, out var candidates)
            && (header.AlternativeLoaderSignature.Length == 0 || !_byLoader.TryGetValue(header.AlternativeLoaderSignature, out candidates)))
            throw stream.Unsupported($"it is not among the {_role} components this library evaluates", ComponentHints.For(header.LoaderSignature));

        foreach (var candidate in candidates)
        {
            if (candidate.Format.HasModelSignature(header.ModelSignature))
                return candidate;
        }

        throw new ModelArchiveFormatException(
            stream.Body.Entry, 0x40, $"model signature '{candidates[0].Format.ModelSignature}' for loader '{header.LoaderSignature}'", $"'{header.ModelSignature}'");
    }

    private void Register(string loaderSignature, (ComponentFormat Format, Func<ModelStream, T> Read) component)
    {
        if (!_byLoader.TryGetValue(loaderSignature, out var candidates))
            _byLoader.Add(loaderSignature, candidates = []);
        candidates.Add(component);
    }
}
