using System.Text.Json;

namespace DrugResponse.Contracts.Reading;

/// <summary>
/// Reads the id by which a caller knows a patient. Whatever looks a patient up, scores, or stores a pseudonym reads it here, so that all
/// of them mean the same patient: an id of at most 256 characters, without the white space around it. Thread-safe.
/// </summary>
public static class PatientIds
{
    private const string Member = "id";

    /// <summary>Finds the id in a prediction body, whatever else may be wrong with the body.</summary>
    /// <param name="body">The JSON value.</param>
    /// <returns>The id, or <see langword="null"/> if the body names no patient by a valid one.</returns>
    public static string? Find(JsonElement body)
    {
        var ignored = new FaultList();
        return JsonObjectReader.Open(body, "", ignored)?.Object("patient") is { } patient ? Read(patient) : null;
    }

    /// <summary>Reads the id of a patient that is given as an object; null when there is none or a fault was added.</summary>
    internal static string? Read(JsonObjectReader patient) => patient.Text(Member, PredictionRequestReader.MaxIdLength);
}
