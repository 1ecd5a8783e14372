using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace DrugResponse.Storage.Development;

/// <summary>The three TCP ports on 127.0.0.1 at which Azurite serves blobs, queues and tables.</summary>
/// <param name="Blob">Port of the blob service.</param>
/// <param name="Queue">Port of the queue service.</param>
/// <param name="Table">Port of the table service.</param>
public readonly record struct AzuritePorts(int Blob, int Queue, int Table)
{
    // Below the range from which Linux, macOS and Windows take the source ports of outgoing connections. A client that keeps
    // dialling a stopped emulator inside that range can be given the emulator's own port and so connect to itself.
    private const int FirstCandidate = 20_000;
    private const int LastCandidate = 32_000;

    /// <summary>10000, 10001 and 10002: where <c>UseDevelopmentStorage=true</c> looks.</summary>
    public static AzuritePorts Development { get; } = new(10_000, 10_001, 10_002);

    /// <summary>
    /// Finds three ports that nothing listens on now. Another process may still take one before the caller does, so be ready to try again.
    /// </summary>
    /// <returns>Three different free ports outside the range of outgoing connections.</returns>
    public static AzuritePorts FindFree()
    {
        var first = FindFree(RandomNumberGenerator.GetInt32(FirstCandidate, LastCandidate));
        var second = FindFree(first + 1);

        return new AzuritePorts(first, second, FindFree(second + 1));
    }

    private static int FindFree(int start)
    {
        for (var port = start; port <= ushort.MaxValue; port++)
            if (IsFree(port))
                return port;

        throw new InvalidOperationException($"No TCP port from {start} upwards is free.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ExclusiveAddressUse = true };
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
