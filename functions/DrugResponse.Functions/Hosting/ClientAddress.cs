using System.Net;
using System.Net.Sockets;

namespace DrugResponse.Functions.Hosting;

/// <summary>From where a request comes, as far as limits on callers without a credential go by it.</summary>
/// <remarks>
/// It is the address at the other end of the connection. Behind the Functions host it is the last address of <c>X-Forwarded-For</c>
/// instead, which <see cref="FunctionsPipeline"/> takes from a connection of this machine only: what a caller writes in front of it is
/// never read. Where a proxy stands in between that the host or the standalone process does not see through, all callers have its address.
/// </remarks>
internal static class ClientAddress
{
    private const int SubscriberPrefixBytes = 8;

    /// <summary>Names whoever is at one address. Of IPv6 that is a network of 64 bits: one subscriber has all addresses of it.</summary>
    /// <param name="context">The request.</param>
    public static string Of(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return (address.AddressFamily is AddressFamily.InterNetworkV6 ? NetworkOf(address) : address).ToString();
    }

    private static IPAddress NetworkOf(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, SubscriberPrefixBytes, bytes.Length - SubscriberPrefixBytes);
        return new IPAddress(bytes);
    }
}
