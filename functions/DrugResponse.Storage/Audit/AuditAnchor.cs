namespace DrugResponse.Storage.Audit;

/// <summary>
/// How far a tenant's chains went at an instant. Kept where nobody can change it, it shows later that none of those rows was removed.
/// </summary>
/// <param name="At">When.</param>
/// <param name="Day">The day of the chains, <c>yyyymmdd</c>.</param>
/// <param name="Heads">Their heads.</param>
public sealed record AuditAnchor(DateTimeOffset At, string Day, IReadOnlyList<AuditHead> Heads);
