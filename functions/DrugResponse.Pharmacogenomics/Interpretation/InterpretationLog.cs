namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>Collects warnings and faults while one genotype is interpreted.</summary>
internal sealed class InterpretationLog
{
    private const int MaxTokenLength = 40;
    private List<InterpretationWarning>? _warnings;
    private List<InterpretationFault>? _faults;

    public IReadOnlyList<InterpretationWarning> Warnings => _warnings ?? (IReadOnlyList<InterpretationWarning>)[];

    public IReadOnlyList<InterpretationFault> Faults => _faults ?? (IReadOnlyList<InterpretationFault>)[];

    public void Warn(string code, string path, string message)
    {
        var warning = new InterpretationWarning(code, path, message);
        _warnings ??= [];
        if (!_warnings.Contains(warning))
            _warnings.Add(warning);
    }

    public void Fault(string path, string message) => (_faults ??= []).Add(new InterpretationFault(path, message));

    /// <summary>The path of a key below a section, escaped as a JSON pointer asks.</summary>
    public static string Pointer(string section, string key) =>
        $"/{section}/{Shorten(key).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>A token of the input, quoted and shortened, without control characters.</summary>
    public static string Quote(ReadOnlySpan<char> token) => $"'{Shorten(token.Trim())}'";

    private static string Shorten(ReadOnlySpan<char> token)
    {
        var cut = token.Length > MaxTokenLength;
        Span<char> buffer = stackalloc char[MaxTokenLength];
        var length = 0;
        foreach (var c in token[..Math.Min(token.Length, MaxTokenLength)])
            buffer[length++] = char.IsControl(c) || char.IsSurrogate(c) ? '?' : c;

        return buffer[..length].ToString() + (cut ? "..." : "");
    }
}
