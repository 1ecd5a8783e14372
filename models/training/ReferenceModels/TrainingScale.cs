namespace DrugResponse.Training.ReferenceModels;

/// <summary>How much work goes into the reference models.</summary>
/// <param name="Patients">Virtual patients that a model learns from, each once in full and once in part.</param>
/// <param name="Population">Patients of the population that intercepts, donors and standardised ratios come from.</param>
/// <param name="Validation">Unseen patients.</param>
/// <param name="Worlds">Worlds that the spread is learned from.</param>
/// <param name="UnseenWorlds">Worlds that coverage is measured on.</param>
/// <param name="SpreadRows">Rows that the spread is learned from.</param>
/// <param name="Draws">Draws of worlds and unknown parts for each such row.</param>
/// <param name="Withheld">Unseen patients whose decisive genotype is withheld to see how the interval widens.</param>
/// <param name="RareUnseen">Unseen patients among whom rare alleles are drawn more often, to measure coverage where a factor is there.</param>
internal sealed record TrainingScale(
    int Patients, int Population, int Validation, int Worlds, int UnseenWorlds, int SpreadRows, int Draws, int Withheld, int RareUnseen)
{
    /// <summary>What the shipped models were made with.</summary>
    public static TrainingScale Full { get; } = new(20_000, 10_000, 100_000, 2_000, 4_000, 8_000, 200, 5_000, 20_000);
}
