using System.Collections.Frozen;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Patients;

/// <summary>The words in which records state the past adverse events that features know.</summary>
internal static class AdverseEventTerms
{
    /// <summary>Every term by canonical name.</summary>
    public static FrozenDictionary<string, IReadOnlyList<string>> Words { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [AdverseEventNames.Rash] =
        [
            "skin rash", "rashes", "drug rash", "allergic rash", "severe rash", "mild rash", "maculopapular rash",
            "maculopapular exanthema", "maculopapular eruption", "mpe", "morbilliform rash", "morbilliform eruption", "exanthema",
            "exanthem", "drug eruption", "skin eruption", "fixed drug eruption", "skin reaction", "cutaneous reaction",
            "cutaneous adverse reaction", "severe cutaneous adverse reaction", "scar", "dermatitis", "erythema multiforme",
            "erythroderma", "stevens-johnson syndrome", "stevens johnson", "sjs", "sjs/ten", "ten", "toxic epidermal necrolysis",
            "lyell syndrome", "lyell's syndrome", "dress", "dress syndrome", "drug reaction with eosinophilia and systemic symptoms",
            "drug rash with eosinophilia and systemic symptoms", "agep", "acute generalised exanthematous pustulosis",
            "acute generalized exanthematous pustulosis", "hypersensitivity", "hypersensitivity reaction", "hypersensitivity syndrome",
            "drug hypersensitivity", "drug hypersensitivity syndrome", "anticonvulsant hypersensitivity syndrome", "hives", "urticaria",
            "wheals", "nettle rash", "itchy rash", "blisters",
        ],
        [AdverseEventNames.MalignantHyperthermia] =
        [
            "mh", "mh crisis", "mh reaction", "mh episode", "malignant hyperthermia crisis", "malignant hyperthermia reaction",
            "malignant hyperthermia episode", "malignant hyperpyrexia", "suspected malignant hyperthermia", "hyperthermia of anaesthesia",
            "hyperthermia of anesthesia",
        ],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] Separators = [",", ";", "/", "+", "&", " and ", " with ", "(", ")"];

    private static readonly FrozenDictionary<string, string> Names = Words
        .SelectMany(static entry => entry.Value.Prepend(entry.Key).Select(term => (Term: TermText.Normalise(term), Name: entry.Key)))
        .ToFrozenDictionary(static pair => pair.Term, static pair => pair.Name, StringComparer.Ordinal);

    /// <summary>
    /// The canonical name of an event in a caller's words, which may state several (<c>fever and rash</c>); null when none is known.
    /// </summary>
    public static string? Find(string words)
    {
        if (Names.TryGetValue(TermText.Normalise(words), out var name))
            return name;
        foreach (var part in words.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Names.TryGetValue(TermText.Normalise(part), out name))
                return name;
        }

        return null;
    }
}
