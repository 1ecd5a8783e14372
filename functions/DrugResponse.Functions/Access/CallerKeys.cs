using DrugResponse.Functions.Hosting;
using DrugResponse.Storage.Access;

namespace DrugResponse.Functions.Access;

/// <summary>Tells whose an API key is. Thread-safe.</summary>
internal sealed class CallerKeys(KnownKeys keys, DevelopmentKey development, TimeProvider clock)
{
    /// <summary>Finds the caller that a key belongs to.</summary>
    /// <param name="context">The request that came with it.</param>
    /// <param name="text">The key as it was sent.</param>
    /// <returns>The caller, or null when it is no key, or none that is valid now.</returns>
    /// <exception cref="TooManyLookupsException">Too many keys that are not known are being tried.</exception>
    public async ValueTask<Caller?> FindAsync(HttpContext context, string text)
    {
        if (development.FindCaller(context, text) is { } developer)
            return developer;

        return ApiKeyText.TryParse(text, out var given)
            && await keys.FindAsync(given.Tenant, given.Id, ClientAddress.Of(context), context.RequestAborted) is { } key
            && given.Fits(key.Hash)
            && key.IsValidAt(clock.GetUtcNow())
            ? Caller.OfKey(key)
            : null;
    }
}
