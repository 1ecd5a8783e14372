using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace DrugResponse.Functions.Access;

/// <summary>
/// Knows whether the issuer has told its keys. They are asked for by one request at a time; while it is known that the issuer does not
/// answer, nobody waits for it but whoever tries again. Thread-safe.
/// </summary>
internal sealed class TokenIssuer(TimeProvider clock)
{
    /// <summary>How long one answer of the issuer is waited for; there are two, its description and its keys.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    /// <summary>How long an issuer that did not answer is left alone.</summary>
    public static readonly TimeSpan UnavailableFor = TimeSpan.FromSeconds(5);

    /// <summary>Requests that wait for the issuer at a time. A caller needs no credential to wait.</summary>
    public const int MaxWaiting = 100;

    private readonly Lock _lock = new();
    private Task<bool>? _reading;
    private long? _failedAt;
    private bool _hasAnswered;
    private int _waiting;

    /// <summary>Makes sure that the issuer's keys are there.</summary>
    /// <param name="keys">Reads them and keeps them. What it has once read it renews in the background.</param>
    /// <param name="cancellationToken">Ends the waiting, not the reading, which others may wait for too.</param>
    /// <returns>Whether they are.</returns>
    public async Task<bool> HasAnsweredAsync(IConfigurationManager<OpenIdConnectConfiguration> keys, CancellationToken cancellationToken)
    {
        Task<bool> reading;
        lock (_lock)
        {
            if (_hasAnswered)
                return true;
            if (_failedAt is { } failedAt && (_reading is not null || clock.GetElapsedTime(failedAt) < UnavailableFor))
                return false;
            if (_waiting >= MaxWaiting)
                return false;

            _waiting++;
            reading = _reading ??= Task.Run(() => ReadAsync(keys), CancellationToken.None);
        }

        try
        {
            return await reading.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_lock)
                _waiting--;
        }
    }

    private async Task<bool> ReadAsync(IConfigurationManager<OpenIdConnectConfiguration> keys)
    {
        var hasAnswered = false;
        try
        {
            await keys.GetConfigurationAsync(CancellationToken.None);
            hasAnswered = true;
        }
        catch (Exception exception) when (
            exception is InvalidOperationException or IOException or HttpRequestException or OperationCanceledException)
        {
            // It is refused, cut off, too late, or no description of an issuer.
        }
        finally
        {
            lock (_lock)
            {
                _hasAnswered = hasAnswered;
                _failedAt = hasAnswered ? null : clock.GetTimestamp();
                _reading = null;
            }
        }

        return hasAnswered;
    }
}

/// <summary>The issuer of tokens does not tell its keys, so no token can be checked.</summary>
internal sealed class IssuerUnavailableException() : Exception("The token issuer does not answer.");
