using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace DrugResponse.Storage.Tables;

/// <summary>
/// Signs each attempt of a request by Shared Key, in the form that the Table service uses
/// (https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key, "Table service (Shared Key authorization)"):
/// method, content MD5, content type, date and resource, each on a line.
/// </summary>
internal sealed class TableSharedKeyPolicy(TableSharedKeyCredential credential) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;

        // The service compares this with its own clock and refuses a difference above 15 minutes, so it is the clock on the wall
        // whatever clock the application runs on; and every retry needs a new one.
        var date = TimeProvider.System.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        request.Headers.SetValue("x-ms-date", date);

        request.Headers.TryGetValue("Content-Type", out var contentType);
        var uri = request.Uri.ToUri();

        // Of the query only comp belongs to the resource, and no request of ours has it. The path is signed as it is sent, escaped.
        var text = $"{request.Method.Method}\n\n{contentType}\n{date}\n/{credential.AccountName}{uri.AbsolutePath}";
        request.Headers.SetValue("Authorization", $"SharedKey {credential.AccountName}:{credential.Sign(text)}");
    }
}
