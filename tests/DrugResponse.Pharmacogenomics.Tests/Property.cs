using FsCheck;
using FsCheck.Fluent;

namespace DrugResponse.Pharmacogenomics.Tests;

/// <summary>Runs properties with a fixed seed, so that a failure can be run again.</summary>
internal static class Property
{
    private const ulong Seed = 20261120;
    private const ulong Gamma = 7919;

    public static void Holds<T>(Gen<T> values, Action<T> property, int runs = 200) => Check.One(
        Config.QuickThrowOnFailure.WithReplay(Seed, Gamma).WithMaxTest(runs),
        Prop.ForAll(Arb.From(values), value =>
        {
            property(value);
            return true;
        }));

    /// <summary>Text of any kind, with a taste for what the parsers look for.</summary>
    public static Gen<string> Text { get; } =
        from parts in Gen.Elements(
            "*", "1", "2", "10", "x", "≥", "/", "|", "+", " ", "(", ")", "[", "]", "rs", "c.", ">", "A", "G", "del", ":", "57:01", "positive",
            "Reference", "n/a", "-", "\t", "\n", "\0", "é", "😀", "chr1", "0/1", "##", "#CHROM", "mg", "q8h", "warfarin", "9999999999").ArrayOf()
        select string.Concat(parts);
}
