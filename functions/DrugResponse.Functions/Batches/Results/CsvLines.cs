using System.Globalization;
using System.Text;
using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Results;

/// <summary>
/// Makes CSV (RFC 4180) of rows: of a result one line per drug and endpoint, of a drug without endpoints one line with its guideline
/// actions, of a result without any drug one line with its warnings; of an error one line per fault. Not thread-safe.
/// </summary>
/// <remarks>
/// A spreadsheet takes text that begins with <c>=</c>, <c>+</c>, <c>-</c>, <c>@</c> or a control character for a formula and runs it, and
/// where East Asian text is typed the full-width forms of the four as well. Such an id of a row gets an apostrophe in front, which a
/// spreadsheet does not show. NDJSON has ids as they were sent.
/// </remarks>
/// <param name="kind">The kind of rows.</param>
/// <param name="withHeader">Whether the header is wanted: on the first page that moves on, so that all pages together are one file.</param>
/// <param name="keepsFormulas">Whether text stays as it is: for programs, which run no formulas.</param>
internal sealed class CsvLines(BatchResultKind kind, bool withHeader, bool keepsFormulas)
{
    private const string NewLine = "\r\n";
    private const string FormulaStarts = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    private readonly StringBuilder _text = new();

    /// <summary>The header, or null if it is not wanted.</summary>
    public string? Header => !withHeader ? null
        : kind == BatchResultKind.Result ? $"rowId,line,drug,endpoint,kind,probability,low,high,value,unit,action,warnings{NewLine}"
        : $"rowId,line,path,message{NewLine}";

    /// <summary>Writes a row.</summary>
    public string Write(BatchResultRow row)
    {
        _text.Clear();
        if (kind == BatchResultKind.Result)
            WriteResult(JsonSerializer.Deserialize(row.Content.Span, ContractsJsonContext.Wire.BatchResultLine)!);
        else
            WriteErrors(JsonSerializer.Deserialize(row.Content.Span, ContractsJsonContext.Wire.BatchErrorLine)!);
        return _text.ToString();
    }

    private void WriteErrors(Contracts.Batches.BatchErrorLine error)
    {
        foreach (var (path, messages) in error.Errors)
        {
            foreach (var message in messages)
                WriteLine(Defused(error.RowId), Text(error.Line), Defused(path), Defused(message));
        }
    }

    private void WriteResult(Contracts.Batches.BatchResultLine result)
    {
        if (result.Prediction.Drugs.Count == 0)
        {
            var line = new DrugLine(Defused(result.RowId), Text(result.Line), null, null, Codes(result.Prediction.Warnings));
            WriteLine(line, null, null, null, null, null, null);
        }

        foreach (var drug in result.Prediction.Drugs)
        {
            var line = new DrugLine(
                Defused(result.RowId),
                Text(result.Line),
                drug.Drug,
                Joined(drug.Guidance.Select(static action => action.Action)),
                Codes(drug.Warnings.Concat(result.Prediction.Warnings)));
            foreach (var response in drug.OtherResponses.Prepend(drug.Response).OfType<EndpointPrediction>())
                Write(line, response, "response");
            foreach (var adverse in drug.Adverse)
                Write(line, adverse, "adverse");
            if (drug.Dose is { } dose)
                WriteLine(line, dose.Endpoint, "dose", null, dose.Interval, dose.Value, dose.Unit);
            if (drug is { Response: null, OtherResponses: [], Adverse: [], Dose: null })
                WriteLine(line, null, null, null, null, null, null);
        }
    }

    private void Write(DrugLine line, EndpointPrediction endpoint, string kindOfEndpoint) =>
        WriteLine(line, endpoint.Endpoint, kindOfEndpoint, endpoint.Probability, endpoint.Interval, null, null);

    private void WriteLine(
        DrugLine line, string? endpoint, string? kindOfEndpoint, double? probability, PredictionInterval? interval, double? value, string? unit) =>
        WriteLine(
            line.RowId, line.Line, line.Drug, endpoint, kindOfEndpoint, Text(probability), Text(interval?.Low), Text(interval?.High), Text(value), unit,
            line.Actions, line.Warnings);

    private void WriteLine(params ReadOnlySpan<string?> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0)
                _text.Append(',');
            Append(fields[i] ?? "");
        }

        _text.Append(NewLine);
    }

    private void Append(string field)
    {
        if (!field.AsSpan().ContainsAny("\",\r\n;"))
            _text.Append(field);
        else
            _text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }

    private string? Defused(string? text) =>
        !keepsFormulas && text is { Length: > 0 } && (FormulaStarts.Contains(text[0]) || char.IsControl(text[0])) ? $"'{text}" : text;

    private static string Codes(IEnumerable<Warning> warnings) => Joined(warnings.Select(static warning => warning.Code));

    private static string Joined(IEnumerable<string> codes) => string.Join('|', codes.Distinct(StringComparer.Ordinal));

    private static string? Text(double? number) => number?.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What all lines about one drug of a row have in common.</summary>
    private sealed record DrugLine(string? RowId, string Line, string? Drug, string? Actions, string Warnings);
}
