using Azure;

namespace DrugResponse.Functions.Hosting.Triggers.Local;

/// <summary>Tells failures of the storage service from defects, and puts them into few words.</summary>
internal static class StorageFault
{
    /// <summary>Whether a failure comes from the storage service or the way to it.</summary>
    /// <param name="failure">What was thrown by a storage client.</param>
    /// <returns>True when trying again later makes sense.</returns>
    public static bool Is(Exception failure) => failure switch
    {
        RequestFailedException or HttpRequestException or IOException or TaskCanceledException => true,
        AggregateException retries => retries.InnerExceptions.All(Is),
        _ => false,
    };

    /// <summary>Describes a failure in one line: the service's own messages span many, with headers.</summary>
    /// <param name="failure">The failure.</param>
    /// <returns>Status and error code, or the first line of the cause.</returns>
    public static string Describe(Exception failure) => failure switch
    {
        AggregateException { InnerExceptions: [.., { } last] } => Describe(last),
        RequestFailedException { Status: > 0 } answered => $"HTTP {answered.Status} {answered.ErrorCode}",
        OperationCanceledException => "no answer in time",
        _ => failure.Message.Split('\n', 2)[0].TrimEnd(),
    };
}
