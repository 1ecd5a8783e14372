namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>Where the facts of one built-in table come from.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="About">What the table holds.</param>
/// <param name="Source">The publisher and publication the facts were taken from.</param>
/// <param name="Release">The release or access date of the source.</param>
/// <param name="Licence">The terms under which the facts may be used.</param>
public sealed record KnowledgeSource(string Table, string About, string Source, string Release, string Licence);
