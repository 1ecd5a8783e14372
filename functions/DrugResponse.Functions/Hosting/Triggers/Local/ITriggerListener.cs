namespace DrugResponse.Functions.Hosting.Triggers.Local;

/// <summary>Fires one function.</summary>
internal interface ITriggerListener
{
    /// <summary>What keeps it from listening, as a sentence; null when nothing does.</summary>
    string? Obstacle { get; }

    /// <summary>Fires the function whenever its trigger asks for it.</summary>
    /// <param name="stopping">Ends the listening. Invocations that are running then are let finish.</param>
    /// <returns>When nothing is running any more.</returns>
    Task RunAsync(CancellationToken stopping);
}
