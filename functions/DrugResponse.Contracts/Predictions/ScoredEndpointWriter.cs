using System.Text.Json;

namespace DrugResponse.Contracts.Predictions;

/// <summary>Writes what models say about an endpoint, for <see cref="PredictionResponseWriter"/>.</summary>
internal static class ScoredEndpointWriter
{
    // From here on a whole number is written with an exponent.
    private const double MostDigits = 1e15;

    private static readonly JsonEncodedText Endpoint = JsonEncodedText.Encode("endpoint");
    private static readonly JsonEncodedText Definition = JsonEncodedText.Encode("definition");
    private static readonly JsonEncodedText Probability = JsonEncodedText.Encode("probability");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText Unit = JsonEncodedText.Encode("unit");
    private static readonly JsonEncodedText Interval = JsonEncodedText.Encode("interval");
    private static readonly JsonEncodedText Low = JsonEncodedText.Encode("low");
    private static readonly JsonEncodedText High = JsonEncodedText.Encode("high");
    private static readonly JsonEncodedText Level = JsonEncodedText.Encode("level");
    private static readonly JsonEncodedText Scale = JsonEncodedText.Encode("scale");
    private static readonly JsonEncodedText Score = JsonEncodedText.Encode("score");
    private static readonly JsonEncodedText Baseline = JsonEncodedText.Encode("baseline");
    private static readonly JsonEncodedText Contributions = JsonEncodedText.Encode("contributions");
    private static readonly JsonEncodedText Feature = JsonEncodedText.Encode("feature");
    private static readonly JsonEncodedText Contribution = JsonEncodedText.Encode("contribution");
    private static readonly JsonEncodedText Model = JsonEncodedText.Encode("model");

    /// <summary>Writes a probability, or null.</summary>
    public static void Write(Utf8JsonWriter json, EndpointPrediction? endpoint)
    {
        if (!Begin(json, endpoint))
            return;
        WriteNumber(json, Probability, endpoint!.Probability);
        End(json, endpoint);
    }

    /// <summary>Writes a dose, or null.</summary>
    public static void Write(Utf8JsonWriter json, DosePrediction? dose)
    {
        if (!Begin(json, dose))
            return;
        WriteNumber(json, Value, dose!.Value);
        json.WriteString(Unit, dose.Unit);
        End(json, dose);
    }

    private static bool Begin(Utf8JsonWriter json, ScoredEndpoint? scored)
    {
        if (scored is null)
        {
            json.WriteNullValue();
            return false;
        }

        json.WriteStartObject();
        json.WriteString(Endpoint, scored.Endpoint);
        json.WriteString(Definition, scored.Definition);
        return true;
    }

    private static void End(Utf8JsonWriter json, ScoredEndpoint scored)
    {
        json.WriteStartObject(Interval);
        WriteNumber(json, Low, scored.Interval.Low);
        WriteNumber(json, High, scored.Interval.High);
        WriteNumber(json, Level, scored.Interval.Level);
        json.WriteEndObject();
        json.WriteString(Scale, scored.Scale);
        WriteNumber(json, Score, scored.Score);
        WriteNumber(json, Baseline, scored.Baseline);
        json.WriteStartArray(Contributions);
        for (var i = 0; i < scored.Contributions.Count; i++)
            Write(json, scored.Contributions[i]);
        json.WriteEndArray();
        json.WritePropertyName(Model);
        JsonSerializer.Serialize(json, scored.Model, ContractsJsonContext.Default.ModelReference);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FeatureContribution contribution)
    {
        json.WriteStartObject();
        json.WriteString(Feature, contribution.Feature);
        if (contribution.Value is { } value)
            WriteNumber(json, Value, value);
        else
            json.WriteNull(Value);
        WriteNumber(json, Contribution, contribution.Contribution);
        json.WriteEndObject();
    }

    // Many numbers are whole: flags, counts, and the share of a feature that adds nothing. Their digits are found ten times as fast.
    private static void WriteNumber(Utf8JsonWriter json, JsonEncodedText name, double number)
    {
        if (Math.Abs(number) < MostDigits && double.IsInteger(number) && !(number is 0 && double.IsNegative(number)))
            json.WriteNumber(name, (long)number);
        else
            json.WriteNumber(name, number);
    }
}
