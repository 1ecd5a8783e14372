using System.Collections.Frozen;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Patients;

/// <summary>
/// The words in which records state ancestry. The groups are the nine biogeographical groups of CPIC's frequency tables
/// (Huddart R et al., Clin Pharmacol Ther 2019;105:1256-1262); the synonyms are the terms of the US Office of Management
/// and Budget (1997) and of the IWPC cohort.
/// </summary>
public static class AncestryTerms
{
    private static readonly FrozenDictionary<string, AncestryGroup> Groups = new Dictionary<string, AncestryGroup>
    {
        ["african american"] = AncestryGroup.AfricanAmerican,
        ["african american/afro-caribbean"] = AncestryGroup.AfricanAmerican,
        ["afro-caribbean"] = AncestryGroup.AfricanAmerican,
        ["black or african american"] = AncestryGroup.AfricanAmerican,
        ["black"] = AncestryGroup.AfricanAmerican,
        ["american"] = AncestryGroup.American,
        ["american indian or alaska native"] = AncestryGroup.American,
        ["native american"] = AncestryGroup.American,
        ["indigenous american"] = AncestryGroup.American,
        ["central/south asian"] = AncestryGroup.CentralSouthAsian,
        ["central asian"] = AncestryGroup.CentralSouthAsian,
        ["south asian"] = AncestryGroup.CentralSouthAsian,
        ["east asian"] = AncestryGroup.EastAsian,
        ["european"] = AncestryGroup.European,
        ["white"] = AncestryGroup.European,
        ["caucasian"] = AncestryGroup.European,
        ["latino"] = AncestryGroup.Latino,
        ["hispanic"] = AncestryGroup.Latino,
        ["hispanic or latino"] = AncestryGroup.Latino,
        ["near eastern"] = AncestryGroup.NearEastern,
        ["middle eastern"] = AncestryGroup.NearEastern,
        ["oceanian"] = AncestryGroup.Oceanian,
        ["native hawaiian or other pacific islander"] = AncestryGroup.Oceanian,
        ["sub-saharan african"] = AncestryGroup.SubSaharanAfrican,
        ["african"] = AncestryGroup.SubSaharanAfrican,
        ["asian"] = AncestryGroup.Asian,
        ["mixed"] = AncestryGroup.MixedOrOther,
        ["missing or mixed"] = AncestryGroup.MixedOrOther,
        ["missing or mixed race"] = AncestryGroup.MixedOrOther,
        ["mixed or other"] = AncestryGroup.MixedOrOther,
        ["other"] = AncestryGroup.MixedOrOther,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The terms that stand for the groups themselves, for messages.</summary>
    public const string Known =
        "African American/Afro-Caribbean, American, Central/South Asian, East Asian, European, Latino, Near Eastern, Oceanian, "
        + "Sub-Saharan African, Asian, Mixed";

    /// <summary>
    /// The name of the group that a term stands for, one of <see cref="Known"/>; <see langword="null"/> when there is no term, or it is not
    /// known.
    /// </summary>
    /// <param name="term">The term, as a caller gave it.</param>
    public static string? NameOf(string? term) => term is null || Find(term) is not { } group ? null : NameOf(group);

    /// <summary>The name of a group, one of <see cref="Known"/>.</summary>
    /// <param name="group">The group.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such group.</exception>
    public static string NameOf(AncestryGroup group) => group switch
    {
        AncestryGroup.AfricanAmerican => "African American/Afro-Caribbean",
        AncestryGroup.American => "American",
        AncestryGroup.CentralSouthAsian => "Central/South Asian",
        AncestryGroup.EastAsian => "East Asian",
        AncestryGroup.European => "European",
        AncestryGroup.Latino => "Latino",
        AncestryGroup.NearEastern => "Near Eastern",
        AncestryGroup.Oceanian => "Oceanian",
        AncestryGroup.SubSaharanAfrican => "Sub-Saharan African",
        AncestryGroup.Asian => "Asian",
        AncestryGroup.MixedOrOther => "Mixed",
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "There is no such group."),
    };

    /// <summary>The group that a term stands for, or null.</summary>
    public static AncestryGroup? Find(string term)
    {
        // "EastAsian", "east-asian" and "East Asian" are one term.
        var spaced = term.Trim().Replace('_', ' ');
        if (Groups.TryGetValue(spaced, out var group))
            return group;
        if (Groups.TryGetValue(spaced.Replace('-', ' '), out group))
            return group;
        return Enum.TryParse(term, ignoreCase: true, out group) && Enum.IsDefined(group) && !char.IsAsciiDigit(term[0]) ? group : null;
    }
}
