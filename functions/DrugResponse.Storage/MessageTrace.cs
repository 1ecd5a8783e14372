using System.Diagnostics;

namespace DrugResponse.Storage;

/// <summary>The trace that a queue message is sent in, for the member <c>traceparent</c> of the message.</summary>
internal static class MessageTrace
{
    /// <summary>
    /// The present span in W3C form, or null. What a caller can write freely, trace state, baggage and ids of older forms, is left behind:
    /// messages carry no patient data.
    /// </summary>
    public static string? Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;
}
