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
        [AdverseEventNames.Bleeding] =
        [
            "major bleeding", "major bleed", "major haemorrhage", "major hemorrhage", "severe bleeding", "serious bleeding",
            "life threatening bleeding", "fatal bleeding", "haemorrhage", "hemorrhage", "intracranial bleeding", "intracranial bleed",
            "intracranial haemorrhage", "intracranial hemorrhage", "intracerebral haemorrhage", "intracerebral hemorrhage",
            "cerebral haemorrhage", "cerebral hemorrhage", "haemorrhagic stroke", "hemorrhagic stroke", "subdural haematoma",
            "subdural hematoma", "subarachnoid haemorrhage", "subarachnoid hemorrhage", "retroperitoneal bleeding",
            "retroperitoneal haemorrhage", "retroperitoneal hemorrhage", "bleeding that needed transfusion",
        ],
        [AdverseEventNames.GastrointestinalBleeding] =
        [
            "gi bleeding", "gi bleed", "upper gi bleeding", "upper gi bleed", "lower gi bleeding", "lower gi bleed",
            "gastrointestinal bleed", "gastrointestinal haemorrhage", "gastrointestinal hemorrhage", "upper gastrointestinal bleeding",
            "lower gastrointestinal bleeding", "gastric bleeding", "stomach bleeding", "bleeding ulcer", "bleeding peptic ulcer",
            "peptic ulcer bleeding", "peptic ulcer haemorrhage", "peptic ulcer hemorrhage", "ulcer bleeding", "bleeding gastric ulcer",
            "bleeding duodenal ulcer", "haematemesis", "hematemesis", "melaena", "melena",
        ],
        [AdverseEventNames.PepticUlcer] =
        [
            "gastric ulcer", "duodenal ulcer", "stomach ulcer", "gastroduodenal ulcer", "peptic ulcer disease",
            "peptic ulceration", "perforated ulcer", "perforated peptic ulcer", "complicated ulcer", "complicated peptic ulcer",
        ],
        [AdverseEventNames.RespiratoryDepression] =
        [
            "respiratory arrest", "hypoventilation", "opioid induced respiratory depression", "ventilatory depression", "apnoea", "apnea",
            "oversedation with respiratory depression",
        ],
        [AdverseEventNames.Anaphylaxis] =
        [
            "anaphylactic shock", "anaphylactic reaction", "anaphylactoid reaction", "severe allergic reaction", "allergic shock",
        ],
        [AdverseEventNames.Bronchospasm] =
        [
            "asthma attack", "asthma exacerbation", "exacerbation of asthma", "wheezing", "aspirin exacerbated respiratory disease", "aerd",
            "nsaid exacerbated respiratory disease", "nerd", "aspirin induced asthma", "aspirin intolerant asthma", "samter triad",
            "samters triad", "widal syndrome",
        ],
        [AdverseEventNames.Myopathy] =
        [
            "rhabdomyolysis", "statin myopathy", "statin associated muscle symptoms", "sams", "myalgia", "muscle pain", "muscle weakness",
            "myositis", "necrotising myopathy", "necrotizing myopathy", "raised creatine kinase", "elevated creatine kinase", "raised ck",
            "elevated ck",
        ],
        [AdverseEventNames.Leukopenia] =
        [
            "leucopenia", "neutropenia", "febrile neutropenia", "agranulocytosis", "severe neutropenia", "myelosuppression",
            "bone marrow suppression", "pancytopenia", "low white cell count", "low white blood cell count",
        ],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] Separators = [",", ";", "/", "+", "&", " and ", " with ", "(", ")"];

    private static readonly FrozenDictionary<string, string> Names = Words
        .SelectMany(static entry => entry.Value.Prepend(entry.Key).Select(term => (Term: TermText.Normalise(term), Name: entry.Key)))
        .ToFrozenDictionary(static pair => pair.Term, static pair => pair.Name, StringComparer.Ordinal);

    /// <summary>
    /// The canonical names of the events that a caller's words state, which may be several (<c>GI bleed and rash</c>), each once; empty
    /// when none is known.
    /// </summary>
    public static IReadOnlyList<string> Find(string words) => Names.TryGetValue(TermText.Normalise(words), out var name)
        ? [name]
        : [.. words.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(static part => Names.GetValueOrDefault(TermText.Normalise(part)))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)];
}
