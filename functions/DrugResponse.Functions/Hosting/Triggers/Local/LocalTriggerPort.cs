using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DrugResponse.Functions.Hosting.Triggers.Local;

/// <summary>
/// The second, ephemeral loopback port of a standalone process, to which its own trigger listener posts exactly what the
/// Functions host would post. A secret that never leaves the process keeps other users of the machine out.
/// </summary>
internal sealed class LocalTriggerPort
{
    private ListenOptions? _endpoint;

    /// <summary>What a request must carry in <see cref="TriggerConnection.SecretHeader"/>: 256 random bits, new in every process.</summary>
    public string Secret { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Where to post. Known once the server has started.</summary>
    /// <exception cref="InvalidOperationException">The server has not started.</exception>
    public Uri BaseAddress => _endpoint?.IPEndPoint is { Port: > 0 and var port }
        ? new UriBuilder(Uri.UriSchemeHttp, IPAddress.Loopback.ToString(), port).Uri
        : throw new InvalidOperationException("The local trigger port is not open yet.");

    /// <summary>Lets the server listen on the port.</summary>
    /// <param name="kestrel">The server, while it is being configured.</param>
    public void Listen(KestrelServerOptions kestrel) =>
        kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
        {
            TriggerConnection.WithSecret(Secret).MarkAllOf(endpoint);
            _endpoint = endpoint;
        });
}
