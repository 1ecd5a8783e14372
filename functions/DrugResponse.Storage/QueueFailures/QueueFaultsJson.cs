using System.Buffers;
using System.Text.Json;

namespace DrugResponse.Storage.QueueFailures;

/// <summary>A list of faults as UTF-8 JSON, <c>[["/pointer","message"], ...]</c>, so long as it fits one property.</summary>
internal static class QueueFaultsJson
{
    /// <summary>Writes as many faults as fit, at most a given number.</summary>
    public static byte[] Write(IReadOnlyList<QueueFault> faults, int maxFaults, int maxBytes)
    {
        var count = Math.Min(faults.Count, maxFaults);
        while (true)
        {
            var json = Write(faults.Take(count));
            if (json.Length <= maxBytes)
                return json;

            count /= 2;
        }
    }

    /// <summary>Reads what <see cref="Write(IReadOnlyList{QueueFault}, int, int)"/> wrote.</summary>
    public static List<QueueFault> Read(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(fault => new QueueFault(fault[0].GetString()!, fault[1].GetString()!))];
    }

    private static byte[] Write(IEnumerable<QueueFault> faults)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var fault in faults)
            {
                json.WriteStartArray();
                json.WriteStringValue(fault.Path);
                json.WriteStringValue(fault.Message);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
