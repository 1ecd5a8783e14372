namespace DrugResponse.Training.Warfarin;

/// <summary>
/// The two dosing algorithms of the International Warfarin Pharmacogenetics Consortium (N Engl J Med 2009;360:753-64,
/// supplementary appendix), in mg per week. They were derived on four fifths of the cohort that this command trains on.
/// </summary>
internal static class PublishedAlgorithms
{
    /// <summary>The pharmacogenetic algorithm.</summary>
    public static double Pharmacogenetic(IwpcSubject subject, double heightCm, double weightKg, double ageDecade)
    {
        var vkorc1 = subject.Vkorc1Variants switch { 0 => 0, 1 => -0.8677, 2 => -1.6974, _ => -0.4854 };
        var cyp2c9 = subject.Cyp2c9 switch
        {
            "*1/*1" => 0,
            "*1/*2" => -0.5211,
            "*1/*3" => -0.9357,
            "*2/*2" => -1.0616,
            "*2/*3" => -1.9206,
            "*3/*3" => -2.3312,
            // The paper treats a missing diplotype, and one with a rarer allele, as unknown.
            _ => -0.2188,
        };
        var race = subject.Race switch
        {
            IwpcRace.Asian => -0.1092,
            IwpcRace.Black => -0.2760,
            IwpcRace.MissingOrMixed => -0.1032,
            _ => 0,
        };
        var root = 5.6044 - 0.2614 * ageDecade + 0.0087 * heightCm + 0.0128 * weightKg + vkorc1 + cyp2c9 + race
            + (subject.EnzymeInducer ? 1.1816 : 0) - (subject.Amiodarone ? 0.5503 : 0);
        return root * root;
    }

    /// <summary>The clinical algorithm, which knows no genotype.</summary>
    public static double Clinical(IwpcSubject subject, double heightCm, double weightKg, double ageDecade)
    {
        var race = subject.Race switch
        {
            IwpcRace.Asian => -0.6752,
            IwpcRace.Black => 0.4060,
            IwpcRace.MissingOrMixed => 0.0443,
            _ => 0,
        };
        var root = 4.0376 - 0.2546 * ageDecade + 0.0118 * heightCm + 0.0134 * weightKg + race
            + (subject.EnzymeInducer ? 1.2799 : 0) - (subject.Amiodarone ? 0.5695 : 0);
        return root * root;
    }
}
