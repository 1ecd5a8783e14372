using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Queues.Models;

namespace DrugResponse.EndToEnd.Processes;

/// <content>How the host hands a queue message to its handler, and what it makes of the answer.</content>
internal sealed partial class FunctionsHostStandIn
{
    /// <summary>Posts a queue message to a function.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="binding">The name of its trigger binding.</param>
    /// <param name="message">The message as the queue gave it.</param>
    /// <param name="body">Its body, after base64.</param>
    /// <param name="form">How the host writes the body.</param>
    /// <returns>How the invocation ended for the host.</returns>
    public async Task<InvocationVerdict> InvokeAsync(string function, string binding, QueueMessage message, byte[] body, PayloadForm form)
    {
        var payload = new JsonObject
        {
            ["Data"] = new JsonObject
            {
                [binding] = form is PayloadForm.Binary ? Convert.ToBase64String(body) : Quoted(Encoding.UTF8.GetString(body)),
            },
            ["Metadata"] = Metadata(function, message, body, form),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, function))
        {
            Content = new StringContent(
                payload.ToJsonString(), Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json; charset=utf-8")),
        };
        request.Headers.Add("X-Azure-Functions-HostVersion", HostVersion);
        request.Headers.Add("X-Azure-Functions-InvocationId", Guid.NewGuid().ToString());
        request.Headers.TryAddWithoutValidation("User-Agent", $"Azure-Functions-Host/{HostVersion}");

        try
        {
            using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
            return await JudgeAsync(response);
        }
        catch (HttpRequestException)
        {
            return InvocationVerdict.Broken;
        }
    }

    /// <summary>Posts a message that lies in no queue.</summary>
    public Task<InvocationVerdict> InvokeAsync(string function, string binding, byte[] body, PayloadForm form, long dequeueCount = 1) =>
        InvokeAsync(
            function,
            binding,
            QueuesModelFactory.QueueMessage(
                Guid.NewGuid().ToString(), "AgAAAAMAAAA", BinaryData.FromBytes(body), dequeueCount, null, TimeProvider.System.GetUtcNow()),
            body,
            form);

    private static JsonObject Metadata(string function, QueueMessage message, byte[] body, PayloadForm form)
    {
        var metadata = new JsonObject
        {
            ["DequeueCount"] = message.DequeueCount.ToString(CultureInfo.InvariantCulture),
            ["ExpirationTime"] = Seconds(message.ExpiresOn ?? DateTimeOffset.MaxValue),
            ["Id"] = Quoted(message.MessageId),
            ["InsertionTime"] = Seconds(message.InsertedOn ?? TimeProvider.System.GetUtcNow()),
            ["NextVisibleTime"] = Seconds(TimeProvider.System.GetUtcNow().AddMinutes(10)),
            ["PopReceipt"] = Quoted(message.PopReceipt),
            ["sys"] = new JsonObject
            {
                ["MethodName"] = function,
                ["UtcNow"] = TimeProvider.System.GetUtcNow().ToString("o", CultureInfo.InvariantCulture),
                ["RandGuid"] = Guid.NewGuid().ToString(),
            },
        };
        if (form is PayloadForm.DoubleEncodedText)
            Pollute(metadata, body);

        return metadata;
    }

    /// <summary>Members of a JSON message stand among the metadata, and overwrite a namesake whatever its case.</summary>
    private static void Pollute(JsonObject metadata, byte[] body)
    {
        if (Parse(body) is not JsonObject message)
            return;

        foreach (var (name, value) in message)
        {
            var namesake = metadata.Select(static entry => entry.Key)
                .FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
            var key = namesake ?? name;
            if (value is JsonObject)
                metadata[key] = value.DeepClone();
            else if (value is JsonValue scalar)
                metadata[key] = Quoted(scalar.ToString());
        }
    }

    private static async Task<InvocationVerdict> JudgeAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var isJson = response.Content.Headers.ContentType?.MediaType is "application/json" or "text/json";
        if (text.Length == 0 || (isJson && text.Trim() == "null"))
            return InvocationVerdict.Hangs;

        if (!isJson || Parse(Encoding.UTF8.GetBytes(text)) is not JsonObject)
            return InvocationVerdict.Unreadable;

        return response.IsSuccessStatusCode ? InvocationVerdict.Succeeded : InvocationVerdict.Failed;
    }

    private static JsonNode? Parse(byte[] json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static string Seconds(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}

/// <summary>How the Functions host writes the body of a queue message into an invocation.</summary>
public enum PayloadForm
{
    /// <summary>Base64: definitions with <c>dataType: binary</c>.</summary>
    Binary,

    /// <summary>A JSON string inside a JSON string, with the message's members among the metadata: definitions without it.</summary>
    DoubleEncodedText,
}

/// <summary>How an invocation ended for the Functions host.</summary>
public enum InvocationVerdict
{
    /// <summary>A 2xx answer with a JSON object: the message is deleted.</summary>
    Succeeded,

    /// <summary>Another status with a JSON object: the message is tried again.</summary>
    Failed,

    /// <summary>An answer that is no JSON object, whatever its status: counts as failed, but the handler breaks the contract.</summary>
    Unreadable,

    /// <summary>An empty answer or <c>null</c>: the host would wait until the function times out, then kill the handler.</summary>
    Hangs,

    /// <summary>The connection broke: the handler is gone.</summary>
    Broken,
}
