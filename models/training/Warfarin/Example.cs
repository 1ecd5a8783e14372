using DrugResponse.Prediction.Features;

namespace DrugResponse.Training.Warfarin;

/// <summary>One row of training: a subject as known, or a copy of it from which something is hidden.</summary>
/// <param name="Subject">Index of the subject; all examples of a subject share its fold.</param>
/// <param name="Profile">What is known.</param>
/// <param name="Weight">How much the row counts; a subject as known counts 1 in all.</param>
internal sealed record Example(int Subject, PatientProfile Profile, double Weight);

internal static class Examples
{
    /// <summary>
    /// The examples of the subjects. A race that the consortium coded as missing or mixed is given half as unknown and half as
    /// mixed, for it was both. Each subject adds one copy from which something is hidden, of weight <paramref name="copyWeight"/>.
    /// </summary>
    public static List<Example> Of(IReadOnlyList<IwpcSubject> subjects, double copyWeight, int seed)
    {
        var random = new Random(seed);
        var examples = new List<Example>();
        for (var index = 0; index < subjects.Count; index++)
        {
            var profile = subjects[index].Profile;
            var hidden = Hiding.Draw(random);
            if (profile.Ancestry is null)
            {
                examples.Add(new Example(index, profile, 0.5));
                examples.Add(new Example(index, profile with { Ancestry = AncestryGroup.MixedOrOther }, 0.5));
            }
            else
            {
                examples.Add(new Example(index, profile, 1));
            }

            examples.Add(new Example(index, profile.Without(hidden), copyWeight));
        }

        return examples;
    }
}
