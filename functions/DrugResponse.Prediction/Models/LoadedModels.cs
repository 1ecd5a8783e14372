using DrugResponse.Prediction.Scoring;

namespace DrugResponse.Prediction.Models;

/// <summary>What an earlier load brought, so that a later one fetches and reads only what changed.</summary>
/// <param name="Models">The set.</param>
/// <param name="IsUnchanged">Whether a file, by its path, is certain to be the one that was loaded; safe to call from any thread.</param>
public sealed record LoadedModels(ModelSet Models, Func<string, bool> IsUnchanged)
{
    /// <summary>The model of a version, if it was loaded, is registered as it was, and none of its files has changed since.</summary>
    internal ScoredModel? Find(RegisteredModel registered)
    {
        var same = Models.Models.Concat(Models.Candidates).FirstOrDefault(model =>
            model.Registered.Id == registered.Id
            && model.Registered.Endpoint.Kind == registered.Endpoint.Kind
            && model.Registered.Version == registered.Version);
        return same is not null && registered.Version.ListFiles().All(file => IsUnchanged(file.Path)) ? same.As(registered) : null;
    }
}
