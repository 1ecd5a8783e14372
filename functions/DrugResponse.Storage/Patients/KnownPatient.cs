namespace DrugResponse.Storage.Patients;

/// <summary>What is known of a patient whose raw id was given.</summary>
/// <param name="Key">
/// The key under which the patient's data is kept; <see langword="null"/> where the data was erased and only the objection is kept.
/// </param>
/// <param name="HasObjected">Whether the patient objects to being scored.</param>
public readonly record struct KnownPatient(PatientKey? Key, bool HasObjected);
