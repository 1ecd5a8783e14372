namespace DrugResponse.Storage;

/// <summary>
/// A write came to nothing because others change the same rows all the time. Later it may succeed.
/// </summary>
/// <param name="last">How the last attempt was refused; <see langword="null"/> if there was none.</param>
public sealed class ContentionException(Exception? last = null) : Exception("Others change the same rows all the time.", last);
