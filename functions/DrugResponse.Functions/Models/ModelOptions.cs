using System.ComponentModel.DataAnnotations;
using DrugResponse.Prediction.Models;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Models;

/// <summary>How models are watched, section <c>DrugResponse:Models</c>.</summary>
internal sealed class ModelOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "DrugResponse:Models";

    /// <summary>How often the registry is looked at, 0.1 s to 1 h. Default 15 s; a look is one small request.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00", ErrorMessage = $"{Section}:{nameof(WatchInterval)} must be from 00:00:00.1 to 01:00:00.")]
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Public keys of those who may publish models, ECDSA P-256, each as PEM or as the base64 of its SubjectPublicKeyInfo. A registry must
    /// be signed by one of them (<c>publish --signing-key</c>). Several let a key be replaced. Required outside Development; without one in
    /// Development, unsigned registries are taken.
    /// </summary>
    public IList<string> PublicKeys { get; } = [];
}

/// <summary>Refuses to start where anybody who can write the container could change the models.</summary>
internal sealed class ModelOptionsValidator(IHostEnvironment environment) : IValidateOptions<ModelOptions>
{
    private const string Name = $"{ModelOptions.Section}:{nameof(ModelOptions.PublicKeys)}";

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, ModelOptions options)
    {
        if (options.PublicKeys.Count == 0 && !environment.IsDevelopment())
            return ValidateOptionsResult.Fail($"{Name} must hold the public key of whoever signs the models.");

        var faults = options.PublicKeys
            .Index()
            .Where(static key => !IsKey(key.Item))
            .Select(static key => $"{Name}:{key.Index} must be a public key on P-256, as PEM or the base64 of its SubjectPublicKeyInfo.")
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsKey(string text)
    {
        using var key = RegistrySignature.ReadPublicKey(text);
        return key is not null;
    }
}
