namespace DrugResponse.Contracts.Predictions;

/// <summary>Stable codes of <see cref="Warning"/>. Codes of the genotype's own warnings come from the pharmacogenomic tables.</summary>
public static class WarningCodes
{
    /// <summary>A condition is not known; it was left out.</summary>
    public const string UnknownCondition = "unknown-condition";

    /// <summary>The ancestry is not one of the known terms; it counts as not given.</summary>
    public const string UnknownAncestry = "unknown-ancestry";

    /// <summary>A gene that the drug's models use was not given or not called.</summary>
    public const string MissingGenotype = "missing-genotype";

    /// <summary>Another feature that the drug's models use was not given.</summary>
    public const string MissingFeature = "missing-feature";

    /// <summary>A value lies outside what the model saw in training.</summary>
    public const string OutOfTrainingRange = "out-of-training-range";

    /// <summary>A medication acts on a gene that was not given.</summary>
    public const string PhenoconversionWithoutGenotype = "phenoconversion-without-genotype";

    /// <summary>The medication history says that the drug, or another one of its class, harmed the patient before.</summary>
    public const string PreviousAdverseEvent = "previous-adverse-event";

    /// <summary>The medication history says that the drug failed before.</summary>
    public const string PreviousNoResponse = "previous-no-response";

    /// <summary>
    /// No published effect that the model could use changes an endpoint of the drug: everybody gets its published rate.
    /// </summary>
    public const string NoKnownEffect = "no-known-effect";

    /// <summary>The rate, or every effect, that an endpoint's model was made from was assumed, not published.</summary>
    public const string RestsOnAssumptions = "rests-on-assumptions";

    /// <summary>A published effect applies to the patient, but the score of an endpoint does not hold it.</summary>
    public const string EffectNotInScore = "effect-not-in-score";

    /// <summary>The drug is known, but no model is loaded for it.</summary>
    public const string NoModel = "no-model";

    /// <summary>No candidate was named, and no active medication has a model or a guideline.</summary>
    public const string NothingToScore = "nothing-to-score";

    /// <summary>No guideline has an action for this patient's phenotypes; that is not a statement of safety.</summary>
    public const string NoGuidelineAction = "no-guideline-action";
}
