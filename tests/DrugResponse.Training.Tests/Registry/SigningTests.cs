using DrugResponse.Prediction.Models;
using DrugResponse.Storage.Models;
using DrugResponse.Testing;
using DrugResponse.Training.Registry;

namespace DrugResponse.Training.Tests.Registry;

/// <summary><c>--signing-key</c>: commands that write a registry sign it.</summary>
public sealed class SigningTests(RegistryPlaces places) : IClassFixture<RegistryPlaces>
{
    private const string Dose = "dose";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_published_activated_and_rolled_back_is_signed()
    {
        await places.ResetContainerAsync();
        var folder = places.NewFolder(ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0"));
        var key = KeyFile(SigningKey.Pem);
        string[] container = ["--connection", places.ConnectionString, "--signing-key", key];

        var publish = await RegistryPlaces.RunAsync(PublishCommand.Create(), ["--models", folder, .. container]);
        await AssertSignedAsync();
        var activate = await RegistryPlaces.RunAsync(ActivateCommand.Create(), ["warfarin", Dose, "1.1.0", .. container]);
        await AssertSignedAsync();
        var rollback = await RegistryPlaces.RunAsync(RollbackCommand.Create(), ["warfarin", Dose, .. container]);
        await AssertSignedAsync();
        var candidate = await RegistryPlaces.RunAsync(CandidateCommand.Create(), ["warfarin", Dose, "1.1.0", .. container]);
        await AssertSignedAsync();

        Assert.Equal([0, 0, 0, 0], new[] { publish.ExitCode, activate.ExitCode, rollback.ExitCode, candidate.ExitCode });
        Assert.DoesNotContain("not signed", publish.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_signed_has_a_higher_revision_than_before()
    {
        await places.ResetContainerAsync();
        var folder = places.NewFolder(ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0"));
        string[] container = ["--connection", places.ConnectionString, "--signing-key", KeyFile(SigningKey.Pem)];

        await RegistryPlaces.RunAsync(PublishCommand.Create(), ["--models", folder, .. container]);
        var revisions = new List<long?> { await RevisionAsync() };
        await RegistryPlaces.RunAsync(ActivateCommand.Create(), ["warfarin", Dose, "1.1.0", .. container]);
        revisions.Add(await RevisionAsync());
        await RegistryPlaces.RunAsync(RollbackCommand.Create(), ["warfarin", Dose, .. container]);
        revisions.Add(await RevisionAsync());
        await RegistryPlaces.RunAsync(CandidateCommand.Create(), ["warfarin", Dose, "1.1.0", .. container]);
        revisions.Add(await RevisionAsync());
        await RegistryPlaces.RunAsync(PublishCommand.Create(), ["--models", folder, .. container]);
        revisions.Add(await RevisionAsync());

        Assert.True(revisions[0] > 0);
        Assert.Equal(revisions.Distinct().Order(), revisions);
    }

    [Fact]
    public async Task An_unsigned_registry_has_no_revision()
    {
        await places.ResetContainerAsync();

        await RegistryPlaces.RunAsync(
            PublishCommand.Create(), "--models", places.NewFolder(ModelFolder.OfRepository()), "--connection", places.ConnectionString);

        Assert.Null(await RevisionAsync());
    }

    [Fact]
    public async Task A_registry_in_a_folder_is_signed_beside_it()
    {
        var folder = places.NewFolder(ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0"));

        await RegistryPlaces.RunAsync(
            ActivateCommand.Create(), "warfarin", Dose, "1.1.0", "--models", folder, "--signing-key", KeyFile(SigningKey.Pem));

        var registry = await File.ReadAllBytesAsync(Path.Combine(folder, ModelBlobStore.RegistryPath), Cancellation);
        Assert.True(IsSigned(registry, await File.ReadAllBytesAsync(Path.Combine(folder, RegistrySignature.PathOf(registry)), Cancellation)));
    }

    [Fact]
    public async Task An_unsigned_registry_never_takes_the_place_of_a_signed_one()
    {
        await places.ResetContainerAsync();
        var folder = places.NewFolder(ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0"));
        string[] container = ["--connection", places.ConnectionString];
        await RegistryPlaces.RunAsync(PublishCommand.Create(), ["--models", folder, .. container, "--signing-key", KeyFile(SigningKey.Pem)]);
        var before = (await places.Blobs.ReadRegistryAsync(cancellationToken: Cancellation)).Content.ToArray();

        var activate = await RegistryPlaces.RunAsync(ActivateCommand.Create(), ["warfarin", Dose, "1.1.0", .. container]);
        var publish = await RegistryPlaces.RunAsync(PublishCommand.Create(), ["--models", folder, .. container]);

        Assert.Equal((1, 1), (activate.ExitCode, publish.ExitCode));
        Assert.Contains("is signed, and services would refuse one that is not", activate.Error, StringComparison.Ordinal);
        Assert.Equal(before, (await places.Blobs.ReadRegistryAsync(cancellationToken: Cancellation)).Content.ToArray());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_registry_that_somebody_else_changed_is_not_signed(bool hasForeignSignature, bool hasLostSignatures)
    {
        await places.ResetContainerAsync();
        var models = ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0");
        string[] container = ["--connection", places.ConnectionString, "--signing-key", KeyFile(SigningKey.Pem)];
        await RegistryPlaces.RunAsync(PublishCommand.Create(), ["--models", places.NewFolder(models), .. container]);
        if (hasLostSignatures)
            await DeleteSignaturesAsync();
        byte[] altered = [.. (await places.Blobs.ReadRegistryAsync(cancellationToken: Cancellation)).Content.Span, (byte)' '];
        await places.Blobs.UploadAsync(ModelBlobStore.RegistryPath, altered, Cancellation);
        if (hasForeignSignature)
            await SignAsync(altered, SigningKey.NewPem());
        var before = await places.Blobs.ListAsync(Cancellation);

        var activate = await RegistryPlaces.RunAsync(ActivateCommand.Create(), ["warfarin", Dose, "1.1.0", .. container]);
        var candidate = await RegistryPlaces.RunAsync(CandidateCommand.Create(), ["warfarin", Dose, "none", .. container]);

        Assert.Equal((1, 1), (activate.ExitCode, candidate.ExitCode));
        Assert.Contains("is not signed by this key", activate.Error, StringComparison.Ordinal);
        Assert.Equal(before, await places.Blobs.ListAsync(Cancellation));
    }

    [Fact]
    public async Task A_registry_of_a_folder_that_was_changed_since_it_was_signed_is_not_signed()
    {
        var folder = places.NewFolder(ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0"));
        string[] options = ["--models", folder, "--signing-key", KeyFile(SigningKey.Pem)];
        await RegistryPlaces.RunAsync(ActivateCommand.Create(), ["warfarin", Dose, "1.1.0", .. options]);
        await File.AppendAllTextAsync(Path.Combine(folder, ModelBlobStore.RegistryPath), " ", Cancellation);

        var rollback = await RegistryPlaces.RunAsync(RollbackCommand.Create(), ["warfarin", Dose, .. options]);

        Assert.Equal(1, rollback.ExitCode);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(folder, RegistrySignature.Folder)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_is_replaced_by_naming_the_one_trusted_so_far(bool isFile)
    {
        await places.ResetContainerAsync();
        var models = ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0");
        string[] container = ["--connection", places.ConnectionString];
        var old = SigningKey.NewPem();
        await RegistryPlaces.RunAsync(
            PublishCommand.Create(), ["--models", places.NewFolder(models), .. container, "--signing-key", KeyFile(old)]);
        string[] activation = ["warfarin", Dose, "1.1.0", .. container, "--signing-key", KeyFile(SigningKey.Pem)];

        var without = await RegistryPlaces.RunAsync(ActivateCommand.Create(), activation);
        var wrong = await RegistryPlaces.RunAsync(ActivateCommand.Create(), [.. activation, "--trusted-key", PublicOf(SigningKey.NewPem(), isFile)]);
        var with = await RegistryPlaces.RunAsync(ActivateCommand.Create(), [.. activation, "--trusted-key", PublicOf(old, isFile)]);

        Assert.Equal((1, 1, 0), (without.ExitCode, wrong.ExitCode, with.ExitCode));
        await AssertSignedAsync();
    }

    [Fact]
    public async Task A_registry_that_was_changed_does_not_pass_for_one_that_was_never_signed()
    {
        await places.ResetContainerAsync();
        var folder = places.NewFolder(ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0"));
        string[] container = ["--connection", places.ConnectionString];
        await RegistryPlaces.RunAsync(PublishCommand.Create(), ["--models", folder, .. container, "--signing-key", KeyFile(SigningKey.Pem)]);
        byte[] altered = [.. (await places.Blobs.ReadRegistryAsync(cancellationToken: Cancellation)).Content.Span, (byte)' '];
        await places.Blobs.UploadAsync(ModelBlobStore.RegistryPath, altered, Cancellation);

        var activate = await RegistryPlaces.RunAsync(ActivateCommand.Create(), ["warfarin", Dose, "1.1.0", .. container]);
        var publish = await RegistryPlaces.RunAsync(PublishCommand.Create(), ["--models", folder, .. container]);

        Assert.Equal((1, 1), (activate.ExitCode, publish.ExitCode));
        Assert.Equal(altered, (await places.Blobs.ReadRegistryAsync(cancellationToken: Cancellation)).Content.ToArray());
    }

    [Theory]
    [InlineData("no key at all")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----")]
    [InlineData("P-384")]
    public async Task A_key_that_is_none_is_refused(string text)
    {
        if (text == "P-384")
        {
            using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384);
            text = other.ExportPkcs8PrivateKeyPem();
        }

        var folder = places.NewFolder(ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0"));

        var (exitCode, _, error) = await RegistryPlaces.RunAsync(
            ActivateCommand.Create(), "warfarin", Dose, "1.1.0", "--models", folder, "--signing-key", KeyFile(text));

        Assert.Equal(1, exitCode);
        Assert.Contains("is no PEM file of a private key on P-256", error, StringComparison.Ordinal);
    }

    private static bool IsSigned(byte[] registry, byte[] signature)
    {
        using var key = RegistrySignature.ReadPublicKey(SigningKey.Public)!;
        return RegistrySignature.IsValid(key, registry, signature);
    }

    private async Task<long?> RevisionAsync() =>
        ModelSetLoader.ReadRegistry((await places.Blobs.ReadRegistryAsync(cancellationToken: Cancellation)).Content).Revision;

    private async Task AssertSignedAsync()
    {
        var registry = (await places.Blobs.ReadRegistryAsync(cancellationToken: Cancellation)).Content.ToArray();
        var signature = await places.Blobs.DownloadAsync(RegistrySignature.PathOf(registry), RegistrySignature.MaxBytes, Cancellation);
        Assert.True(IsSigned(registry, signature.Content));
    }

    private async Task SignAsync(byte[] registry, string pem)
    {
        using var key = RegistrySignature.ReadPrivateKey(pem)!;
        await places.Blobs.UploadAsync(RegistrySignature.PathOf(registry), RegistrySignature.Sign(key, registry), Cancellation);
    }

    private async Task DeleteSignaturesAsync()
    {
        await foreach (var blob in places.Container.GetBlobsAsync(prefix: RegistrySignature.Folder, cancellationToken: Cancellation))
            await places.Container.DeleteBlobAsync(blob.Name, cancellationToken: Cancellation);
    }

    private string PublicOf(string pem, bool isFile)
    {
        using var key = RegistrySignature.ReadPrivateKey(pem)!;
        return isFile ? KeyFile(key.ExportSubjectPublicKeyInfoPem()) : Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }

    private string KeyFile(string text)
    {
        var path = Path.Combine(places.NewFolder(), "key.pem");
        File.WriteAllText(path, text);
        return path;
    }
}
