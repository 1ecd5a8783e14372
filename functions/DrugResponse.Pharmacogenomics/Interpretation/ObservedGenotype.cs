using DrugResponse.Pharmacogenomics.Calling;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>The calls of one gene's positions, joined from single variants and a VCF.</summary>
internal sealed class ObservedGenotype(Gene gene)
{
    private readonly PositionCall[] _calls = new PositionCall[gene.Positions.Count];

    public ReadOnlySpan<PositionCall> Calls => _calls;

    /// <summary>Whether a VCF gave any of the calls.</summary>
    public bool FromVcf { get; private set; }

    /// <summary>The path of the first input, for warnings.</summary>
    public string Path { get; private set; } = "";

    public void AddVariant(int position, PositionCall call, string path)
    {
        Path = Path.Length == 0 ? path : Path;
        _calls[position] = call;
    }

    /// <summary>Adds a call of the VCF unless the position was given by rsID; says whether the two agree.</summary>
    public bool AddVcf(int position, PositionCall call, string path)
    {
        Path = Path.Length == 0 ? path : Path;
        FromVcf = true;
        var given = _calls[position];
        if (!given.IsCalled)
        {
            _calls[position] = call;
            return true;
        }

        return !call.IsCalled
            || (given.First == call.First && given.Second == call.Second)
            || (given.First == call.Second && given.Second == call.First);
    }
}
