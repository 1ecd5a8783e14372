using System.Text.Json.Serialization;
using DrugResponse.Contracts.Problems;

namespace DrugResponse.Storage.Batches;

/// <summary>Source-generated JSON of what batches keep as JSON, and of their queue messages.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<BatchChunk>))]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(BatchChunkMessage))]
[JsonSerializable(typeof(BatchControlMessage))]
internal sealed partial class BatchJson : JsonSerializerContext;
