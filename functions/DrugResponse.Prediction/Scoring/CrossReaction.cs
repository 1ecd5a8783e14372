using System.Collections.Immutable;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Scoring;

/// <summary>Drugs of which harm by one says something about the others.</summary>
/// <param name="Group">What they are called together.</param>
/// <param name="Members">Drugs, and classes whose members belong to the group.</param>
/// <param name="Event">The adverse event for which that holds, by canonical name; null for any.</param>
/// <param name="Reason">Why harm by one matters for another.</param>
internal sealed record CrossReaction(string Group, ImmutableArray<string> Members, string? Event, string Reason)
{
    // The narrower group stands first: it is the one that is named.
    private static readonly ImmutableArray<CrossReaction> All =
    [
        OfClass(MedicationNames.AromaticAntiepileptic,
            "reactions to one aromatic anticonvulsant return on another in about half of the patients"),
        new(MedicationNames.Antiepileptic, [MedicationNames.Antiepileptic], AdverseEventNames.Rash,
            "a rash on one anticonvulsant makes one on another more likely"),
        new("trigger of malignant hyperthermia", [MedicationNames.VolatileAnaesthetic, "succinylcholine"],
            AdverseEventNames.MalignantHyperthermia, "every volatile anaesthetic and succinylcholine can set it off"),
        OfClass(MedicationNames.VolatileAnaesthetic, "hepatitis and hypersensitivity on one can return on another"),
        new("nsaid or aspirin", [MedicationNames.Nsaid, "aspirin"], null,
            "ulcers, bleeding, bronchospasm and hypersensitivity come of the inhibition of cyclooxygenase that they share"),
        OfClass(MedicationNames.Opioid, "sedation, respiratory depression and the release of histamine are effects of the class"),
        OfClass(MedicationNames.TricyclicAntidepressant,
            "their effects on the heart and their anticholinergic effects are those of the class"),
        OfClass(MedicationNames.Ssri, "bleeding, hyponatraemia and serotonergic effects are those of the class"),
        OfClass(MedicationNames.ProtonPumpInhibitor,
            "interstitial nephritis, hypomagnesaemia and hypersensitivity return on others of the class"),
        OfClass(MedicationNames.Statin, "muscle symptoms on one statin often return on another"),
        OfClass(MedicationNames.Thiopurine, "they share their active metabolites"),
        OfClass(MedicationNames.Fluoropyrimidine, "all of them become fluorouracil"),
    ];

    /// <summary>The first group that joins a drug with what did harm; null when none does.</summary>
    /// <param name="drug">Canonical name of the drug that is asked about.</param>
    /// <param name="harm">The harm by another drug.</param>
    public static CrossReaction? Find(string drug, MedicationOutcome harm)
    {
        foreach (var group in All)
        {
            if ((group.Event is null || group.Event == harm.Event) && group.Holds(drug) && group.Members.Any(harm.Names.Contains))
                return group;
        }

        return null;
    }

    private static CrossReaction OfClass(string name, string reason) => new(name, [name], null, reason);

    private bool Holds(string drug) => Members.Any(
        member => member == drug || (MedicationNames.Members.TryGetValue(member, out var drugs) && drugs.Contains(drug)));
}
