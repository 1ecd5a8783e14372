using System.ComponentModel.DataAnnotations;

namespace DrugResponse.Functions.Hosting;

/// <summary>
/// Settings of the standalone mode, section <c>DrugResponse:Hosting</c>. Behind the Functions host the host decides, and
/// these are not read.
/// </summary>
internal sealed class HostingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "DrugResponse:Hosting";

    /// <summary>
    /// Where the public port listens: <c>localhost</c> (the default: both loopback addresses), an IP address, or <c>*</c>
    /// for every interface, as a container needs.
    /// </summary>
    [Required(ErrorMessage = $"{Section}:{nameof(Address)} must not be empty.")]
    public string Address { get; set; } = "localhost";

    /// <summary>
    /// The public port, 0 to 65535. Default 7071, the port of <c>func start</c>; <c>Host.LocalHttpPort</c> of
    /// local.settings.json sets it too. 0 takes any free port of an IP address (not of <c>localhost</c>).
    /// </summary>
    [Range(0, 65535, ErrorMessage = $"{Section}:{nameof(Port)} must be from 0 to 65535.")]
    public int Port { get; set; } = 7071;
}
