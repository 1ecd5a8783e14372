using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Binding;

/// <summary>A transform as read from the archive, not yet tied to columns. Immutable.</summary>
internal abstract class Transform(ComponentIdentity identity)
{
    public ComponentIdentity Identity { get; } = identity;

    /// <summary>Settles the types of the columns it reads, and adds the steps that make its outputs.</summary>
    public abstract void Bind(Binder binder);
}
