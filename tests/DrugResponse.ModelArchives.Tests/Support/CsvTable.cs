using System.Text;

namespace DrugResponse.ModelArchives.Tests.Support;

/// <summary>A small table as RFC 4180 text, first line the header.</summary>
internal sealed record CsvTable(string[] Header, string[][] Rows)
{
    public static CsvTable Parse(string text)
    {
        var records = new List<string[]>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;

        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];

            if (isQuoted)
            {
                if (character != '"')
                    cell.Append(character);
                else if (index + 1 < text.Length && text[index + 1] == '"')
                    cell.Append(text[++index]);
                else
                    isQuoted = false;
            }
            else if (character == '"')
            {
                isQuoted = true;
            }
            else if (character is ',' or '\n')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (character == '\n')
                {
                    records.Add([.. cells]);
                    cells.Clear();
                }
            }
            else
            {
                cell.Append(character);
            }
        }

        return new CsvTable(records[0], [.. records.Skip(1)]);
    }

    public string Cell(int row, string column) => Rows[row][Array.IndexOf(Header, column)];
}
