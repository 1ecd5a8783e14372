namespace DrugResponse.Storage.Patients;

/// <summary>What was recorded of a patient's consent to being scored.</summary>
/// <param name="HasObjected">Whether the patient objects.</param>
/// <param name="Reference">The caller's reference to where that is documented; it may hide who the patient is.</param>
/// <param name="RecordedAt">When it was recorded, in UTC.</param>
/// <param name="RecordedBy">The caller that recorded it.</param>
public sealed record PatientConsent(bool HasObjected, string? Reference, DateTimeOffset RecordedAt, string RecordedBy)
{
    // Records print their properties.
    private bool PrintMembers(System.Text.StringBuilder text)
    {
        text.Append("HasObjected = ").Append(HasObjected);
        return true;
    }
}
