using System.CommandLine;
using DrugResponse.ModelArchives;

namespace DrugResponse.Training.Archives;

/// <summary><c>inspect</c>: what an archive holds, what it asks for, and whether it can be scored.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var archive = new Argument<FileInfo>("model.zip") { Description = "The ML.NET model archive." };
        archive.AcceptExistingOnly();
        var command = new Command("inspect", "Show an archive's components, inputs, size and a sample score, or why it is refused.") { archive };
        command.SetAction(result => Run(result.GetRequiredValue(archive), result.InvocationConfiguration));
        return command;
    }

    private static int Run(FileInfo file, InvocationConfiguration console)
    {
        var inspection = ArchiveInspection.Of(File.ReadAllBytes(file.FullName));
        console.Output.WriteLine($"{file.Name}: {inspection.Size} bytes");
        if (inspection.Components is { } components)
            WriteComponent(console.Output, components, 0);
        if (inspection.Refusal is { } refusal)
        {
            console.Error.WriteLine($"Refused: {refusal.Message}");
            return 1;
        }

        WriteInputs(console.Output, inspection.Archive!);
        WriteSample(console.Output, inspection.Archive!);
        return 0;
    }

    private static void WriteComponent(TextWriter output, ArchiveComponent component, int depth)
    {
        if (depth > 0)
        {
            var header = component.LoaderSignature.Length > 0
                ? $"{component.LoaderSignature} ({component.ModelSignature} {component.Version})"
                : "(no stream)";
            output.WriteLine($"{new string(' ', 2 * depth)}{component.Name}: {header}");
        }

        foreach (var part in component.Parts)
            WriteComponent(output, part, depth + 1);
    }

    private static void WriteInputs(TextWriter output, ModelArchive archive)
    {
        output.WriteLine($"Predicts: {archive.Kind}{(archive.IsCalibrated ? ", with a probability" : "")}");
        output.WriteLine("Inputs:");
        foreach (var input in archive.Inputs)
        {
            var shape = input.VectorLength is { } length ? $"[{length}]" : "";
            var use = input.IsUsed ? input.MayBeMissing ? "used, may be missing" : "used, must be given" : "not used";
            output.WriteLine($"  {input.Name}: {input.ItemType}{shape}, {use}");
        }
    }

    // All zero rather than all missing: a model without a rule for missing values would only answer NaN.
    private static void WriteSample(TextWriter output, ModelArchive archive)
    {
        var evaluator = archive.CompileOutputs();
        var row = evaluator.CreateRow();
        for (var input = 0; input < row.Inputs.Count; input++)
        {
            var zero = row.Inputs[input].ItemType switch
            {
                ColumnItemType.Text => "",
                ColumnItemType.Boolean => "false",
                _ => "0",
            };
            for (var slot = 0; slot < row.Inputs[input].SlotCount; slot++)
                row.SetFromText(input, zero, slot);
        }

        output.WriteLine("Of a row of zeros:");
        foreach (var (name, value) in evaluator.CellNames.Zip(evaluator.Evaluate(row)))
            output.WriteLine($"  {name}: {value}");
    }
}
