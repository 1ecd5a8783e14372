using System.Globalization;
using CsvHelper;
using DrugResponse.ModelArchives;

namespace DrugResponse.Training.Archives;

/// <summary>Reads rows from CSV, evaluates them, and writes the results in the same order. Not thread-safe.</summary>
internal sealed class RowScoring(OutputEvaluator evaluator)
{
    private readonly ModelRow _row = evaluator.CreateRow();

    /// <summary>Scores all rows.</summary>
    /// <param name="input">The rows. Columns that the model does not use are passed over.</param>
    /// <param name="output">Receives a header and one line per row.</param>
    /// <exception cref="RowFaultException">The header lacks a column, or a cell is no value of its type.</exception>
    public void Run(TextReader input, TextWriter output)
    {
        using var reader = CsvReader.Create(input, new CsvReaderOptions { Separator = ',', TrackLineNumbers = true }, leaveOpen: true);
        reader.ReadHeader();
        var cells = FindCells([.. reader.Headers]);

        using var writer = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        writer.WriteRecord([.. evaluator.CellNames]);
        while (reader.Read())
        {
            if (reader.FieldCount != reader.Headers.Count)
                throw new RowFaultException($"Line {reader.LineNumber} has {reader.FieldCount} cells where the header has {reader.Headers.Count}.");
            writer.WriteRecord(Evaluate(reader, cells));
        }
    }

    private List<Cell> FindCells(string[] header)
    {
        var cells = new List<Cell>();
        var missing = new List<string>();
        foreach (var (index, input) in evaluator.Inputs.Index())
        {
            for (var slot = 0; slot < input.SlotCount; slot++)
            {
                var name = input.VectorLength is null ? input.Name : string.Create(CultureInfo.InvariantCulture, $"{input.Name}.{slot}");
                var column = Array.IndexOf(header, name);
                if (column < 0)
                    missing.Add(name);
                else
                    cells.Add(new Cell(index, slot, column, name));
            }
        }

        return missing.Count == 0 ? cells : throw new RowFaultException($"The file lacks the columns {string.Join(", ", missing)}.");
    }

    private string[] Evaluate(CsvReader reader, List<Cell> cells)
    {
        _row.Clear();
        foreach (var cell in cells)
        {
            try
            {
                _row.SetFromText(cell.Input, reader.GetString(cell.Column), cell.Slot);
            }
            catch (Exception fault) when (fault is FormatException or ArgumentOutOfRangeException or OverflowException)
            {
                throw new RowFaultException($"Line {reader.LineNumber}, column {cell.Name}: the cell is no {evaluator.Inputs[cell.Input].ItemType}.");
            }
        }

        try
        {
            return evaluator.Evaluate(_row);
        }
        catch (ModelInputException fault)
        {
            throw new RowFaultException($"Line {reader.LineNumber}: {fault.Message}");
        }
    }

    /// <summary>Where an item of an input stands in the file.</summary>
    private sealed record Cell(int Input, int Slot, int Column, string Name);
}

/// <summary>The rows cannot be scored; the message says which line and column.</summary>
internal sealed class RowFaultException(string message) : Exception(message);
