using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Calibrators;

/// <summary>The calibrators that can be read.</summary>
internal static class CalibratorCatalog
{
    private const string SubModel = "Calibrator";

    private static readonly ComponentCatalog<Calibrator> Catalog = new(
        "calibrator",
        (PlattCalibrator.Format, PlattCalibrator.Read),
        (IsotonicCalibrator.Format, IsotonicCalibrator.Read),
        (NaiveCalibrator.Format, NaiveCalibrator.Read));

    /// <summary>Reads the calibrator that belongs to a component.</summary>
    public static Calibrator ReadOf(ModelDirectory owner) => Catalog.Read(owner.Sub(SubModel));

    /// <summary>Reads the calibrator that belongs to a component, if it has one.</summary>
    public static Calibrator? TryReadOf(ModelDirectory owner)
    {
        var directory = owner.Sub(SubModel);

        return directory.HasModel ? Catalog.Read(directory) : null;
    }
}
