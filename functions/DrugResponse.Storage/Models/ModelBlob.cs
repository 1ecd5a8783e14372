using Azure;

namespace DrugResponse.Storage.Models;

/// <summary>A file of the model container.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ETag">Its version: another one means that it was written again.</param>
public sealed record ModelBlob(byte[] Content, ETag ETag);
