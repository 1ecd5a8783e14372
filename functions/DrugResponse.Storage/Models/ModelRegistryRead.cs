using Azure;

namespace DrugResponse.Storage.Models;

/// <summary>What a look at the model registry found.</summary>
public enum ModelRegistryState
{
    /// <summary>There is no registry: nothing was published.</summary>
    Absent = 0,

    /// <summary>It is still the one that the caller has.</summary>
    Unchanged = 1,

    /// <summary>It is another one than the caller has; here it is.</summary>
    Changed = 2,
}

/// <summary>Answer of <see cref="ModelBlobStore.ReadRegistryAsync"/>.</summary>
/// <param name="State">What was found.</param>
/// <param name="Content">The registry's bytes if it changed, else empty.</param>
/// <param name="ETag">The registry's version if it changed, else the default value.</param>
public sealed record ModelRegistryRead(ModelRegistryState State, ReadOnlyMemory<byte> Content, ETag ETag);
