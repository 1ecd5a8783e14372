using System.Globalization;
using DrugResponse.Pharmacogenomics.Medications;

namespace DrugResponse.Prediction.Patients;

/// <summary>
/// Reads the dose per administration off a medication line: <c>simvastatin 20 mg, 2 tablets daily</c> is 40 mg. Only a line of one drug
/// with one strength in milligrams says it without doubt.
/// </summary>
internal static class LineDose
{
    // More tablets at a time are no dose but what was dispensed.
    private const decimal MostAtATime = 10;

    /// <summary>The dose, or null when the line does not say it.</summary>
    public static DrugDose? Of(MedicationResolution resolution)
    {
        if (resolution is not { Line: { Strengths: [{ Unit: "mg", Values: [var strength] }] } line, Substances: [var drug] })
            return null;
        if (drug is not { IsClass: false, Parts: [_] })
            return null;
        return QuantityOf(line) is { } quantity && strength > 0 ? new DrugDose(drug.Name, (double)(strength * quantity)) : null;
    }

    // "1-2 tablets" leaves the dose open.
    private static decimal? QuantityOf(MedicationLine line)
    {
        if (line.Quantity is null)
            return 1;
        return decimal.TryParse(line.Quantity, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quantity)
            && quantity is > 0 and <= MostAtATime
                ? quantity
                : null;
    }
}
