using System.ComponentModel.DataAnnotations;

namespace DrugResponse.Functions.Models;

/// <summary>How models are watched, section <c>DrugResponse:Models</c>.</summary>
internal sealed class ModelOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "DrugResponse:Models";

    /// <summary>How often the registry is looked at, 0.1 s to 1 h. Default 15 s; a look is one small request.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00", ErrorMessage = $"{Section}:{nameof(WatchInterval)} must be from 00:00:00.1 to 01:00:00.")]
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromSeconds(15);
}
