using System.Globalization;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Training.VirtualCohort;

/// <summary>Reads the shares of ancestry groups from a command line.</summary>
internal static class AncestryShares
{
    /// <summary>Reads <c>European=0.6,EastAsian=0.4</c>.</summary>
    /// <returns>Shares in the order of <see cref="Ancestries.All"/>; 0 for groups that are not named.</returns>
    /// <exception cref="FormatException">A group is not known, a share is no number, or all shares are 0.</exception>
    public static IReadOnlyList<double> Parse(string text)
    {
        var shares = new double[Ancestries.All.Count];
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Split('=', StringSplitOptions.TrimEntries) is not [var name, var share]
                || !Enum.TryParse<AncestryGroup>(name, ignoreCase: true, out var group)
                || !Ancestries.All.Contains(group)
                || !double.TryParse(share, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                || !(value >= 0 && double.IsFinite(value)))
                throw new FormatException($"'{part}' is no share of an ancestry group. Groups: {string.Join(", ", Ancestries.All)}.");
            shares[Ancestries.All.Index().First(each => each.Item == group).Index] = value;
        }

        return shares.Sum() > 0 ? shares : throw new FormatException("At least one ancestry group must have a share above 0.");
    }
}
