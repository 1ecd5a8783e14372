using DrugResponse.ModelArchives.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace DrugResponse.ModelArchives.Tests.Hostile;

/// <summary>Whatever is done to an archive, only the library's own exceptions leave it, and what it still takes can be evaluated.</summary>
public class MutationTests
{
    private static readonly string[] Names =
    [
        "gam-binary", "fasttree-binary-catsplit", "lightgbm-binary-catsplit", "fastforest-regression", "nested-chain", "hash-columns",
        "map-value", "map-value-to-key-and-back", "convert-type", "feature-selection", "normalize-binning", "normalize-logmeanvariance",
        "lbfgs-maxent", "ova-fasttree", "pairwise-coupling-sdca", "naive-bayes", "kmeans", "anomaly-pca", "ldsvm-binary",
        "fastforest-binary-naive", "prior-binary", "pca-kmeans-features", "onehot-binary", "copy-select-drop", "missing-indicator", "ols-regression",
    ];

    private static readonly ArchiveEditor[] Archives = Array.ConvertAll(Names, ArchiveEditor.OpenFixture);

    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(1500).WithReplay(20260801UL, 20260803UL);

    [Fact]
    public void Only_own_exceptions_leave_the_reader_when_bytes_of_the_zip_file_change()
    {
        var mutations = from archive in Gen.Choose(0, Names.Length - 1)
                        from changes in Gen.NonEmptyListOf(Change())
                        select (archive, changes: changes.ToArray());

        Check.One(Config, Prop.ForAll(mutations.ToArbitrary(), mutation => TryUse(Mutate(Fixture.Load(Names[mutation.archive]).Archive, mutation.changes))));
    }

    [Fact]
    public void Only_own_exceptions_leave_the_reader_when_bytes_of_an_entry_change_and_the_checksum_fits()
    {
        var mutations = from archive in Gen.Choose(0, Names.Length - 1)
                        from entry in Gen.Choose(0, int.MaxValue)
                        from changes in Gen.NonEmptyListOf(Change())
                        select (archive, entry, changes: changes.ToArray());

        Check.One(Config.WithMaxTest(6000), Prop.ForAll(mutations.ToArbitrary(), mutation =>
        {
            var archive = Archives[mutation.archive];
            var entries = archive.Names.Where(name => !name.EndsWith(".txt", StringComparison.Ordinal)).ToArray();
            var entry = entries[mutation.entry % entries.Length];
            var original = archive[entry];

            try
            {
                archive[entry] = Mutate(original, mutation.changes);

                return TryUse(archive.Zip());
            }
            finally
            {
                archive[entry] = original;
            }
        }));
    }

    [Fact]
    public void Only_own_exceptions_leave_the_reader_when_entries_change_places()
    {
        var swaps = from archive in Gen.Choose(0, Names.Length - 1)
                    from first in Gen.Choose(0, int.MaxValue)
                    from second in Gen.Choose(0, int.MaxValue)
                    select (archive, first, second);

        Check.One(Config.WithMaxTest(600), Prop.ForAll(swaps.ToArbitrary(), swap =>
        {
            var archive = ArchiveEditor.Open(Fixture.Load(Names[swap.archive]).Archive);
            var entries = archive.Names.ToArray();
            var (first, second) = (entries[swap.first % entries.Length], entries[swap.second % entries.Length]);
            (archive[first], archive[second]) = (archive[second], archive[first]);

            return TryUse(archive.Zip());
        }));
    }

    /// <summary>A place, as a share of the length, and what to do there: overwrite with a telling number, delete, or repeat bytes.</summary>
    private static Gen<(double Place, int Kind, int Value)> Change() =>
        from place in Gen.Choose(0, 1_000_000)
        from kind in Gen.Choose(0, 5)
        from value in Gen.OneOf(Gen.Choose(0, 255), Gen.Elements(-1, int.MaxValue, int.MinValue, 1 << 16, 1 << 24, 0x7FC00000))
        select (place / 1_000_000.0, kind, value);

    private static byte[] Mutate(byte[] original, (double Place, int Kind, int Value)[] changes)
    {
        var bytes = original.ToList();

        foreach (var (place, kind, value) in changes)
        {
            if (bytes.Count < 8)
                break;

            var position = (int)(place * (bytes.Count - 8));
            switch (kind)
            {
                case 0:
                    bytes[position] = (byte)value;
                    break;
                case 1:
                    bytes.RemoveRange(position, Math.Min(bytes.Count - position, (value & 31) + 1));
                    break;
                case 2:
                    bytes.InsertRange(position, bytes.GetRange(position, Math.Min(bytes.Count - position, (value & 31) + 1)));
                    break;
                default:
                    // Counts, indices and offsets are numbers of four bytes at even places.
                    var number = BitConverter.GetBytes(value);
                    for (var index = 0; index < number.Length; index++)
                        bytes[(position & ~1) + index] = number[index];
                    break;
            }
        }

        return [.. bytes];
    }

    private static bool TryUse(byte[] bytes)
    {
        try
        {
            var archive = ModelArchive.Read(bytes);
            var evaluator = archive.CompileOutputs();
            var row = evaluator.CreateRow();
            for (var input = 0; input < row.Inputs.Count; input++)
                Fill(row, input);
            evaluator.Evaluate(row);

            if (archive.Kind != PredictionKind.None)
                Explain(archive.Compile());
        }
        catch (ModelArchiveException exception)
        {
            Assert.NotEmpty(exception.Message);
        }
        catch (ModelInputException)
        {
            // A value that the changed model cannot take.
        }

        return true;
    }

    private static void Explain(ModelScorer scorer)
    {
        var row = scorer.CreateRow();
        for (var input = 0; input < row.Inputs.Count; input++)
            Fill(row, input);

        try
        {
            scorer.CreateExplainer([row]).Explain(row);
        }
        catch (ExplanationUnavailableException exception)
        {
            Assert.NotEmpty(exception.Message);
        }
    }

    private static void Fill(ModelRow row, int input)
    {
        for (var slot = 0; slot < row.Inputs[input].SlotCount; slot++)
            row.SetFromText(input, row.Inputs[input].ItemType == ColumnItemType.Boolean && row.Inputs[input].KeyCardinality == 0 ? "true" : "1", slot);
    }
}
