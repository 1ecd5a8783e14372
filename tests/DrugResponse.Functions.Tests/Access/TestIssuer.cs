using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DrugResponse.Functions.Tests.Access;

/// <summary>An issuer of tokens as OpenID Connect has it: discovery and keys over HTTP, and tokens signed by hand.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<(string Id, ECDsa Key)> _keys = [];
    private int _keyReads;
    private int _asked;
    private volatile TaskCompletionSource? _goOn;

    private TestIssuer(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    /// <summary>How often the keys were read.</summary>
    public int KeyReads => _keyReads;

    /// <summary>How often anything was asked of it.</summary>
    public int Asked => _asked;

    public static async Task<TestIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var issuer = new TestIssuer(app);
        app.Use(async (HttpContext context, RequestDelegate next) =>
        {
            Interlocked.Increment(ref issuer._asked);
            if (issuer._goOn is { } goOn)
                await goOn.Task.WaitAsync(context.RequestAborted);
            await next(context);
        });
        app.MapGet("/.well-known/openid-configuration", () => Results.Text(
            new JsonObject { ["issuer"] = issuer.Address, ["jwks_uri"] = $"{issuer.Address}/keys" }.ToJsonString(), "application/json"));
        app.MapGet("/keys", () =>
        {
            Interlocked.Increment(ref issuer._keyReads);
            return Results.Text(issuer.PublicKeys().ToJsonString(), "application/json");
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        issuer.Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        issuer.ChangeKey();
        return issuer;
    }

    /// <summary>Takes requests from now on and answers none.</summary>
    public void Hang() => _goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers again, also those that wait.</summary>
    public void GoOn()
    {
        var goOn = _goOn!;
        _goOn = null;
        goOn.SetResult();
    }

    /// <summary>Signs with a new key from now on. The old ones stay published.</summary>
    public void ChangeKey() => _keys.Add(($"key-{_keys.Count + 1}", ECDsa.Create(ECCurve.NamedCurves.nistP256)));

    /// <summary>A token with these claims, signed with the newest key.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="headers">What stands in the header beside the usual.</param>
    public string Sign(JsonObject claims, params (string Name, JsonNode Value)[] headers)
    {
        var (id, key) = _keys[^1];
        var header = new JsonObject { ["alg"] = "ES256", ["kid"] = id, ["typ"] = "JWT" };
        foreach (var (name, value) in headers)
            header[name] = value;
        return Sign(claims, header, input => key.SignData(input, HashAlgorithmName.SHA256));
    }

    /// <summary>A token with a header and a signature of the test's own making.</summary>
    public static string Sign(JsonObject claims, JsonObject header, Func<byte[], byte[]> sign)
    {
        var input = $"{Encode(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{input}.{Encode(sign(Encoding.ASCII.GetBytes(input)))}";
    }

    /// <summary>What the issuer publishes of its newest key, as somebody might misuse it.</summary>
    public byte[] PublishedKey() => JsonSerializer.SerializeToUtf8Bytes(PublicKeys()["keys"]!.AsArray()[^1]);

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, key) in _keys)
            key.Dispose();
        await _app.DisposeAsync();
    }

    private JsonObject PublicKeys() => new()
    {
        ["keys"] = new JsonArray([.. _keys.Select(static key => Publish(key.Id, key.Key))]),
    };

    private static JsonObject Publish(string id, ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["kty"] = "EC", ["crv"] = "P-256", ["use"] = "sig", ["kid"] = id, ["x"] = Encode(point.X!), ["y"] = Encode(point.Y!),
        };
    }

    private static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
