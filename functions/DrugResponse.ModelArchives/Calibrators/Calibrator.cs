namespace DrugResponse.ModelArchives.Calibrators;

/// <summary>Turns a score into a probability. Immutable. NaN gives NaN.</summary>
internal abstract class Calibrator
{
    public abstract float Calibrate(float score);
}
