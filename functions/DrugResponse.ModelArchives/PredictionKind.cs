namespace DrugResponse.ModelArchives;

/// <summary>What a model predicts.</summary>
public enum PredictionKind
{
    /// <summary>Nothing: the archive only transforms columns.</summary>
    None,

    /// <summary>One of two classes: a score, a label, and a probability if the model is calibrated.</summary>
    Binary,

    /// <summary>A number.</summary>
    Regression,

    /// <summary>A number that orders items within a group.</summary>
    Ranking,

    /// <summary>One of several classes: a score for each.</summary>
    Multiclass,

    /// <summary>A distance to each of several cluster centres.</summary>
    Clustering,

    /// <summary>How unusual the row is: a score and a label.</summary>
    Anomaly,
}
