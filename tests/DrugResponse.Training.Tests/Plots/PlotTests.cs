using System.Xml.Linq;
using DrugResponse.Prediction.Models;
using DrugResponse.Training.Additive;
using DrugResponse.Training.Plots;

namespace DrugResponse.Training.Tests.Plots;

public class PlotTests
{
    private static readonly ModelCard Card = new()
    {
        Drug = "made-up <drug> & co",
        Endpoint = "endpoint",
        Kind = EndpointKind.Adverse,
        Version = "1.0.0",
        Predicts = "Something made up.",
        Scale = "log-odds",
        Interval = new ModelInterval(0.9, "None.", RelativeToScore: false, []),
        TrainingRanges = new Dictionary<string, FeatureRange>(),
        TrainedOn = TrainingBasis.VirtualCohort,
        TrainingData = new ModelTrainingData("Made up", "None", 1, "All"),
        Metrics =
        [
            new("patients", 1000, null, null, "sex: female", ""), new("observed / predicted", 1.3, null, null, "sex: female", ""),
            new("AUC", 0.71, null, null, "sex: female", ""),
        ],
        Reliability = [new(0.0001, 0.0002, 10), new(0.3, 0.28, 10)],
        IntendedUse = "None.",
        Limits = [],
    };

    [Fact]
    public void The_calibration_curve_has_a_point_per_bin_inside_the_drawing()
    {
        var drawing = XDocument.Parse(ReliabilityPlot.Draw(Card));

        Assert.Equal(2, Elements(drawing, "circle").Count());
        AssertInside(drawing);
    }

    [Fact]
    public void Every_feature_with_an_effect_has_its_shape_and_those_without_none()
    {
        var model = new AdditiveModel(0,
        [
            new ShapeFunction("ageYears", [50, double.PositiveInfinity], [-1, 1], 0.2), new ShapeFunction("smoker", [0.5, double.PositiveInfinity], [0, 0], 0),
        ]);

        var drawing = XDocument.Parse(ShapePlot.Draw(Card, model));

        var texts = Elements(drawing, "text").Select(text => text.Value).ToList();
        Assert.Contains("ageYears", texts);
        Assert.DoesNotContain("smoker", texts);
        AssertInside(drawing);
    }

    [Fact]
    public void A_subgroup_that_fits_badly_is_marked()
    {
        var drawing = XDocument.Parse(SubgroupPlot.Draw(Card));

        Assert.Contains(Elements(drawing, "text"), text => text.Value == "sex: female");
        Assert.Equal("bad", (string?)Assert.Single(Elements(drawing, "circle")).Attribute("class"));
        AssertInside(drawing);
    }

    private static IEnumerable<XElement> Elements(XDocument drawing, string name) => drawing.Descendants().Where(element => element.Name.LocalName == name);

    private static void AssertInside(XDocument drawing)
    {
        var (width, height) = ((double)drawing.Root!.Attribute("width")!, (double)drawing.Root.Attribute("height")!);
        Assert.All(Elements(drawing, "circle"), dot => Assert.InRange((double)dot.Attribute("cx")!, 0, width));
        Assert.All(Elements(drawing, "circle"), dot => Assert.InRange((double)dot.Attribute("cy")!, 0, height));
    }
}
