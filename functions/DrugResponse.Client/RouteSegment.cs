using System.Buffers;
using System.Runtime.CompilerServices;

namespace DrugResponse.Client;

/// <summary>Makes segments of a path, of which none leads to another path than is meant.</summary>
internal static class RouteSegment
{
    private static readonly SearchValues<char> LettersOfIds =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Takes an id that the service gave.</summary>
    /// <remarks>The message does not repeat it: somebody may have passed a patient's own id.</remarks>
    /// <exception cref="ArgumentException">It is none: it is empty, consists of dots, or has letters that no id has.</exception>
    public static string OfId(string id, [CallerArgumentExpression(nameof(id))] string? parameter = null) =>
        IsDots(id, parameter) || id.AsSpan().ContainsAnyExcept(LettersOfIds)
            ? throw new ArgumentException("It is no id. An id has letters of ASCII, digits, - _ and dots, and not only dots.", parameter)
            : id;

    /// <summary>Takes a name, whatever its letters.</summary>
    /// <exception cref="ArgumentException">It is empty or consists of dots.</exception>
    public static string OfName(string name, [CallerArgumentExpression(nameof(name))] string? parameter = null) =>
        IsDots(name, parameter)
            ? throw new ArgumentException("It is no name: it is empty or has only dots.", parameter)
            : Uri.EscapeDataString(name);

    // A dot stays one however it is escaped, and a path of dots is another path.
    private static bool IsDots(string text, string? parameter)
    {
        ArgumentNullException.ThrowIfNull(text, parameter);
        return text.AsSpan().Trim('.').IsEmpty;
    }
}
