using System.Globalization;
using System.Text;

namespace DrugResponse.Training.Plots;

/// <summary>Builds an SVG document line by line, with invariant numbers and escaped text. Not thread-safe.</summary>
internal sealed class SvgDrawing
{
    private const string Style =
        "text{font:11px sans-serif;fill:#222}.title{font-size:13px;font-weight:bold}.small{font-size:10px;fill:#555}.axis{stroke:#888}"
        + ".grid{stroke:#ddd}.line{stroke:#1f5fa8;stroke-width:2;fill:none}.point{fill:#1f5fa8}.bar{fill:#1f5fa8}.bad{fill:#b03a2e}.ideal{stroke:#888;stroke-dasharray:4 3}";

    private readonly StringBuilder _body = new();
    private readonly double _width;
    private readonly double _height;

    public SvgDrawing(double width, double height) => (_width, _height) = (width, height);

    public SvgDrawing Line(string style, double x1, double y1, double x2, double y2) =>
        Add($"<line class=\"{style}\" x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"/>");

    public SvgDrawing Path(string style, IEnumerable<(double X, double Y)> points) =>
        Add($"<polyline class=\"{style}\" points=\"{string.Join(' ', points.Select(static point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")))}\"/>");

    public SvgDrawing Dot(string style, double x, double y, double radius) =>
        Add($"<circle class=\"{style}\" cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"{radius:0.#}\"/>");

    public SvgDrawing Box(string style, double x, double y, double width, double height) =>
        Add($"<rect class=\"{style}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\"/>");

    public SvgDrawing Text(string style, double x, double y, string text, string anchor = "start") =>
        Add($"<text class=\"{style}\" x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\">{Escape(text)}</text>");

    /// <summary>The document.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{_width:0}\" height=\"{_height:0}\" viewBox=\"0 0 {_width:0} {_height:0}\">\n<style>{Style}</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n{_body}</svg>\n");

    private SvgDrawing Add(FormattableString element)
    {
        _body.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
        return this;
    }

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
